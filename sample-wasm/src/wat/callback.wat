;; Calls back into its host: `host.transform` is whatever the host says it is.
(module $callback
  (import "host" "transform" (func $transform (param $index i32) (param $value i32) (result i32)))
  (memory $memory (export "memory") 1 1)

  ;; Writes transform(i, i * i) for i = 0 .. count-1 as i32 from address 0 on; returns their sum.
  (func $for_each (export "for_each") (param $count i32) (result i32)
    (local $index i32) (local $value i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $count)))
        (local.set $value
          (call $transform (local.get $index) (i32.mul (local.get $index) (local.get $index))))
        (i32.store (i32.shl (local.get $index) (i32.const 2)) (local.get $value))
        (local.set $sum (i32.add (local.get $sum) (local.get $value)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $sum))

  (func $once (export "once") (param $value i32) (result i32)
    (call $transform (i32.const 0) (local.get $value))))
