;; Every way a call can trap, one export each. `deep` traps some calls down, for a backtrace worth reading.
(module $traps
  (type $nullary (func))
  (type $unary (func (param i32) (result i32)))
  (memory $memory (export "memory") 1 1)
  (table $table (export "table") 4 4 funcref)
  (elem $filled (i32.const 0) func $nothing $same)
  (elem $spent func $nothing)
  (data $passive "gone")

  (func $nothing)
  (func $same (param $value i32) (result i32) (local.get $value))

  (func $unreachable (export "unreachable")
    (unreachable))

  (func $divide_by_zero (export "divide_by_zero") (param $dividend i32) (result i32)
    (i32.div_s (local.get $dividend) (i32.const 0)))

  (func $remainder_by_zero (export "remainder_by_zero") (param $dividend i64) (result i64)
    (i64.rem_u (local.get $dividend) (i64.const 0)))

  ;; The one quotient of i32 that is no i32.
  (func $integer_overflow (export "integer_overflow") (result i32)
    (i32.div_s (i32.const 0x80000000) (i32.const -1)))

  ;; Traps for a number that no i32 holds; 41.9 returns 41.
  (func $truncate (export "truncate") (param $number f64) (result i32)
    (i32.trunc_f64_s (local.get $number)))

  (func $truncate_nan (export "truncate_nan") (result i32)
    (i32.trunc_f64_s (f64.const nan)))

  (func $load_out_of_bounds (export "load_out_of_bounds") (param $address i32) (result i32)
    (i32.load (local.get $address)))

  (func $store_out_of_bounds (export "store_out_of_bounds") (param $address i32)
    (i32.store (local.get $address) (i32.const 0x2a)))

  (func $fill_out_of_bounds (export "fill_out_of_bounds")
    (memory.fill (i32.const 0xfff0) (i32.const 0xee) (i32.const 0x20)))

  (func $copy_out_of_bounds (export "copy_out_of_bounds")
    (memory.copy (i32.const 0) (i32.const 0xfff0) (i32.const 0x20)))

  ;; A dropped data segment is as if it were empty.
  (func $init_of_dropped_data (export "init_of_dropped_data")
    (data.drop $passive)
    (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 4)))

  (func $init_of_dropped_elements (export "init_of_dropped_elements")
    (elem.drop $spent)
    (table.init $table $spent (i32.const 0) (i32.const 0) (i32.const 1)))

  ;; The table has 4 elements, so slot 9 is undefined.
  (func $undefined_element (export "undefined_element")
    (call_indirect $table (type $nullary) (i32.const 9)))

  ;; Slot 3 was never filled.
  (func $uninitialized_element (export "uninitialized_element")
    (call_indirect $table (type $nullary) (i32.const 3)))

  ;; Slot 1 holds a function of another type.
  (func $signature_mismatch (export "signature_mismatch")
    (call_indirect $table (type $nullary) (i32.const 1)))

  (func $table_out_of_bounds (export "table_out_of_bounds")
    (table.set $table (i32.const 4) (ref.null func)))

  (func $stack_overflow (export "stack_overflow") (param $depth i32) (result i32)
    (i32.add (call $stack_overflow (i32.add (local.get $depth) (i32.const 1))) (i32.const 1)))

  ;; Writes at address 0 how far it came, then traps: the bytes stay changed.
  (func $deep (export "deep") (param $levels i32)
    (if (local.get $levels)
      (then
        (i32.store (i32.const 0) (local.get $levels))
        (call $deep (i32.sub (local.get $levels) (i32.const 1))))
      (else (call $bottom))))

  (func $bottom
    (call_indirect $table (type $nullary) (i32.const 3))))
