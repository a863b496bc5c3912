;; Loops that never end, one for each way of jumping back: what a deadline has to stop. Each one counts its rounds
;; at address 0, so that the memory view moves while it runs.
(module $loops
  (type $step (func (param i32)))
  (memory $memory (export "memory") 1 1)
  (table $table 1 1 funcref)
  (elem (i32.const 0) func $tail_call_indirect)

  (func $count
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1))))

  (func $br (export "br")
    (loop $again
      (call $count)
      (br $again)))

  ;; No call inside: nothing but the jump itself.
  (func $br_if (export "br_if")
    (loop $again
      (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
      (br_if $again (i32.const 1))))

  (func $br_table (export "br_table") (param $selector i32)
    (loop $again
      (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
      (br_table $again $again (local.get $selector))))

  ;; Calls in the tail position need no stack.
  (func $tail_call (export "tail_call") (param $rounds i32)
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
    (return_call $tail_call (i32.add (local.get $rounds) (i32.const 1))))

  (func $tail_call_indirect (export "tail_call_indirect") (param $rounds i32)
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
    (return_call_indirect (type $step) (i32.add (local.get $rounds) (i32.const 1)) (i32.const 0)))

  ;; Two functions that hand each other the turn.
  (func $ping (export "ping") (param $rounds i32)
    (return_call $pong (i32.add (local.get $rounds) (i32.const 1))))

  (func $pong (param $rounds i32)
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
    (return_call $ping (local.get $rounds)))

  ;; Ends after so many rounds: long enough to watch, short enough to wait for.
  (func $rounds (export "rounds") (param $rounds i64) (result i64)
    (local $done i64)
    (block $end
      (loop $again
        (br_if $end (i64.ge_u (local.get $done) (local.get $rounds)))
        (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
        (local.set $done (i64.add (local.get $done) (i64.const 1)))
        (br $again)))
    (local.get $done)))
