;; The same number twice: by calls (slow on purpose, a measure of call overhead) and by a loop.
(module $fib
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2)))))))

  ;; Exact up to n = 93, the last one that fits in 64 bits.
  (func $fib_loop (export "fib_loop") (param $n i32) (result i64)
    (local $this i64) (local $next i64) (local $sum i64)
    (local.set $next (i64.const 1))
    (block $done
      (loop $step
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $sum (i64.add (local.get $this) (local.get $next)))
        (local.set $this (local.get $next))
        (local.set $next (local.get $sum))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $step)))
    (local.get $this)))
