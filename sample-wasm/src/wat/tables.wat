;; A table of functions, called by index: what a function pointer is in Wasm.
(module $tables
  (type $binary (func (param i32 i32) (result i32)))
  (table $operations (export "operations") 6 16 funcref)
  (elem $arithmetic (i32.const 0) func $plus $minus $times $divided)

  (func $plus (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $minus (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $times (type $binary) (i32.mul (local.get 0) (local.get 1)))
  (func $divided (type $binary) (i32.div_s (local.get 0) (local.get 1)))
  (func $power (export "power") (param $base i32) (param $exponent i32) (result i32)
    (local $result i32)
    (local.set $result (i32.const 1))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $exponent) (i32.const 0)))
        (local.set $result (i32.mul (local.get $result) (local.get $base)))
        (local.set $exponent (i32.sub (local.get $exponent) (i32.const 1)))
        (br $next)))
    (local.get $result))
  (elem declare func $power)

  ;; Slots 0 to 3 are plus, minus, times, divided; 4 and 5 are empty until install_power; 6 is outside.
  (func $apply (export "apply") (param $slot i32) (param $a i32) (param $b i32) (result i32)
    (call_indirect $operations (type $binary) (local.get $a) (local.get $b) (local.get $slot)))

  (func $install_power (export "install_power") (param $slot i32)
    (table.set $operations (local.get $slot) (ref.func $power)))

  (func $clear (export "clear") (param $slot i32)
    (table.set $operations (local.get $slot) (ref.null func)))

  (func $is_empty (export "is_empty") (param $slot i32) (result i32)
    (ref.is_null (table.get $operations (local.get $slot))))

  (func $size (export "size") (result i32)
    (table.size $operations))

  ;; Returns the size before, or -1 beyond 16 slots.
  (func $grow (export "grow") (param $slots i32) (result i32)
    (table.grow $operations (ref.null func) (local.get $slots))))
