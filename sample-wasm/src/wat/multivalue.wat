;; Functions, blocks and loops with more than one result.
(module $multivalue
  (func $divide (export "divide") (param $dividend i32) (param $divisor i32) (result i32 i32)
    (i32.div_s (local.get $dividend) (local.get $divisor))
    (i32.rem_s (local.get $dividend) (local.get $divisor)))

  (func $swap (export "swap") (param $first i32) (param $second i64) (result i64 i32)
    (local.get $second)
    (local.get $first))

  (func $each_type (export "each_type") (result i32 i64 f32 f64)
    (i32.const -1)
    (i64.const 0x7fffffffffffffff)
    (f32.const 0.1)
    (f64.const 0x1.921fb54442d18p+1))

  ;; A block that takes one value and leaves two.
  (func $square_and_cube (export "square_and_cube") (param $n i64) (result i64 i64)
    (local.get $n)
    (block (param i64) (result i64 i64)
      (i64.mul (local.get $n))
      (i64.mul (i64.mul (local.get $n) (local.get $n)) (local.get $n)))))
