;; Linear memory grows by pages of 64 KiB up to the maximum it declares, here 64 pages.
(module $grow
  (memory $memory (export "memory") 1 64)

  (func $size (export "size") (result i32)
    (memory.size))

  ;; Returns the size before, or -1 when the memory may not become that large.
  (func $grow (export "grow") (param $pages i32) (result i32)
    (memory.grow (local.get $pages)))

  (func $fill (export "fill") (param $address i32) (param $byte i32) (param $length i32)
    (memory.fill (local.get $address) (local.get $byte) (local.get $length)))

  ;; Grows by one page and writes into its first bytes which page it is; returns its address, or -1.
  (func $append_page (export "append_page") (result i32)
    (local $page i32)
    (local.set $page (memory.grow (i32.const 1)))
    (if (i32.eq (local.get $page) (i32.const -1)) (then (return (i32.const -1))))
    (i32.store (i32.shl (local.get $page) (i32.const 16)) (local.get $page))
    (i32.shl (local.get $page) (i32.const 16))))
