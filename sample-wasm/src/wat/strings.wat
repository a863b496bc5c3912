;; Text crosses the boundary as an address and a length: every function here works on bytes of linear memory.
;;
;;   0x0020  text: 27 bytes that upper, reverse and greet can be tried on at once
;;   0x0060  "Hello, " and "!" for greet
;;   0x0080  the heap: blocks of an 8-byte header (size of the block, next free block) and the bytes
(module $strings
  (memory $memory (export "memory") 1 16)
  (global $text (export "text") i32 (i32.const 0x20))
  (global $text_length (export "text_length") i32 (i32.const 27))
  (global $heap_top (mut i32) (i32.const 0x80))
  (global $free_list (mut i32) (i32.const 0))

  (data $sentence (i32.const 0x20) "memory is one array, really")
  (data $greeting (i32.const 0x60) "Hello, !")

  ;; Turns a-z into A-Z in place.
  (func $upper (export "upper") (param $address i32) (param $length i32)
    (local $end i32) (local $byte i32)
    (local.set $end (i32.add (local.get $address) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $address) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $address)))
        (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 97)) (i32.const 26))
          (then (i32.store8 (local.get $address) (i32.sub (local.get $byte) (i32.const 32)))))
        (local.set $address (i32.add (local.get $address) (i32.const 1)))
        (br $next))))

  ;; Reverses the bytes in place.
  (func $reverse (export "reverse") (param $address i32) (param $length i32)
    (local $last i32) (local $byte i32)
    (local.set $last (i32.sub (i32.add (local.get $address) (local.get $length)) (i32.const 1)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $address) (local.get $last)))
        (local.set $byte (i32.load8_u (local.get $address)))
        (i32.store8 (local.get $address) (i32.load8_u (local.get $last)))
        (i32.store8 (local.get $last) (local.get $byte))
        (local.set $address (i32.add (local.get $address) (i32.const 1)))
        (local.set $last (i32.sub (local.get $last) (i32.const 1)))
        (br $next))))

  ;; Allocates "Hello, NAME!" and returns where it lies and how long it is; free it with wasm_free.
  (func $greet (export "greet") (param $name i32) (param $length i32) (result i32 i32)
    (local $result i32)
    (local.set $result (call $wasm_alloc (i32.add (local.get $length) (i32.const 8))))
    (memory.copy (local.get $result) (i32.const 0x60) (i32.const 7))
    (memory.copy (i32.add (local.get $result) (i32.const 7)) (local.get $name) (local.get $length))
    (i32.store8 (i32.add (i32.add (local.get $result) (i32.const 7)) (local.get $length)) (i32.const 33))
    (local.get $result)
    (i32.add (local.get $length) (i32.const 8)))

  ;; First fit from the list of freed blocks, else from the top of the heap, growing the memory when it is full.
  ;; Returns 0 when nothing is left.
  (func $wasm_alloc (export "wasm_alloc") (param $size i32) (result i32)
    (local $link i32) (local $block i32) (local $top i32)
    ;; A size near 2^32 would wrap around below.
    (if (i32.gt_u (local.get $size) (i32.const 0x100000)) (then (return (i32.const 0))))
    (local.set $size (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))
    (if (i32.eqz (local.get $size)) (then (local.set $size (i32.const 8))))
    (local.set $block (global.get $free_list))
    (block $none
      (loop $search
        (br_if $none (i32.eqz (local.get $block)))
        (if (i32.ge_u (i32.load (local.get $block)) (local.get $size))
          (then
            (if (local.get $link)
              (then (i32.store offset=4 (local.get $link) (i32.load offset=4 (local.get $block))))
              (else (global.set $free_list (i32.load offset=4 (local.get $block)))))
            (return (i32.add (local.get $block) (i32.const 8)))))
        (local.set $link (local.get $block))
        (local.set $block (i32.load offset=4 (local.get $block)))
        (br $search)))
    (local.set $block (global.get $heap_top))
    (local.set $top (i32.add (i32.add (local.get $block) (i32.const 8)) (local.get $size)))
    (if (i32.gt_u (local.get $top) (i32.shl (memory.size) (i32.const 16)))
      (then
        (if (i32.eq
              (memory.grow
                (i32.shr_u
                  (i32.add (i32.sub (local.get $top) (i32.shl (memory.size) (i32.const 16))) (i32.const 0xffff))
                  (i32.const 16)))
              (i32.const -1))
          (then (return (i32.const 0))))))
    (global.set $heap_top (local.get $top))
    (i32.store (local.get $block) (local.get $size))
    (i32.store offset=4 (local.get $block) (i32.const 0))
    (i32.add (local.get $block) (i32.const 8)))

  ;; Gives a block back; 0 is allowed and does nothing.
  (func $wasm_free (export "wasm_free") (param $address i32)
    (local $block i32)
    (if (i32.eqz (local.get $address)) (then (return)))
    (local.set $block (i32.sub (local.get $address) (i32.const 8)))
    (i32.store offset=4 (local.get $block) (global.get $free_list))
    (global.set $free_list (local.get $block))))
