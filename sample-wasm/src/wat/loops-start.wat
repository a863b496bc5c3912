;; Its start function never ends: opening it is what the deadline has to stop.
(module $loops-start
  (memory $memory (export "memory") 1 1)

  (func $endless
    (loop $again
      (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
      (br $again)))

  (func $never (export "never_reached") (result i32) (i32.const 42))

  (start $endless))
