;; Imports functions that another open module exports.
(module $link-b
  (import "link-a" "scale" (func $scale (param $value i32) (param $factor i32) (result i32)))
  (import "link-a" "remember" (func $remember (param $value i32)))
  (import "link-a" "recall" (func $recall (result i32)))

  (func $area (export "area") (param $width i32) (param $height i32) (result i32)
    (call $scale (local.get $width) (local.get $height)))

  ;; The sum lies in link-a's memory, not here: this module has none.
  (func $accumulate (export "accumulate") (param $value i32) (result i32)
    (call $remember (i32.add (call $recall) (local.get $value)))
    (call $recall)))
