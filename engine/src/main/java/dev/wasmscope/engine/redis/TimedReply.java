package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespValue;

/// A reply and what it took.
///
/// @param nanos from before the command's first byte was handed to the transport until its reply was parsed
public record TimedReply(RespValue value, long nanos) {}
