# A NaN's sign and payload are the host's choice, and would get into memory and replies. The build calls these before
# every instruction that shows them: ../build/canonical.js.

	.globl port_canonical32
	.type port_canonical32,@function
port_canonical32:
	.functype port_canonical32 (f32) -> (f32)
	local.get 0
	f32.const nan
	local.get 0
	local.get 0
	f32.eq
	f32.select
	end_function

	.globl port_canonical64
	.type port_canonical64,@function
port_canonical64:
	.functype port_canonical64 (f64) -> (f64)
	local.get 0
	f64.const nan
	local.get 0
	local.get 0
	f64.eq
	f64.select
	end_function
