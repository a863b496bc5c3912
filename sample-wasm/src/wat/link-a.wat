;; Offers what link-b imports, and stands in for the host of callback: open it first, then link.
(module $link-a
  (memory $memory (export "memory") 1 1)
  (global $calls (export "calls") (mut i32) (i32.const 0))

  (func $scale (export "scale") (param $value i32) (param $factor i32) (result i32)
    (call $count)
    (i32.mul (local.get $value) (local.get $factor)))

  ;; Keeps the last value at address 0 of its own memory.
  (func $remember (export "remember") (param $value i32)
    (call $count)
    (i32.store (i32.const 0) (local.get $value)))

  (func $recall (export "recall") (result i32)
    (i32.load (i32.const 0)))

  (func $transform (export "transform") (param $index i32) (param $value i32) (result i32)
    (call $count)
    (i32.add (i32.mul (local.get $value) (i32.const 10)) (local.get $index)))

  (func $count
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))))
