//! Sorts numbers in linear memory, as a guest written in Rust would be called: the host allocates, fills, calls, reads
//! back, frees.

use std::alloc::{alloc, dealloc, Layout};
use std::slice;

/// In front of each block its size, which `dealloc` wants to know.
const HEADER: usize = 8;

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(HEADER)?, HEADER).ok()
}

/// Returns null when there is no memory left.
#[no_mangle]
pub extern "C" fn wasm_alloc(size: usize) -> *mut u8 {
    match layout(size) {
        None => std::ptr::null_mut(),
        Some(layout) => unsafe {
            let block = alloc(layout);
            if block.is_null() {
                return block;
            }
            (block as *mut usize).write(size);
            block.add(HEADER)
        },
    }
}

/// # Safety
/// The address comes from `wasm_alloc` or is null.
#[no_mangle]
pub unsafe extern "C" fn wasm_free(address: *mut u8) {
    if address.is_null() {
        return;
    }
    let block = address.sub(HEADER);
    if let Some(layout) = layout((block as *mut usize).read()) {
        dealloc(block, layout);
    }
}

/// Allocates `count` numbers that look random and depend on nothing but `seed` (xorshift, never zero).
#[no_mangle]
pub extern "C" fn shuffled(count: usize, seed: u32) -> *mut i32 {
    let numbers = match count.checked_mul(4) {
        None => return std::ptr::null_mut(),
        Some(bytes) => wasm_alloc(bytes) as *mut i32,
    };
    if numbers.is_null() {
        return numbers;
    }
    let mut state = seed | 1;
    for index in 0..count {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        unsafe { numbers.add(index).write((state % 1000) as i32) };
    }
    numbers
}

/// # Safety
/// `count` numbers of 32 bits lie at `address`.
#[no_mangle]
pub unsafe extern "C" fn sort(address: *mut i32, count: usize) {
    slice::from_raw_parts_mut(address, count).sort_unstable();
}

/// # Safety
/// `count` numbers of 32 bits lie at `address`.
#[no_mangle]
pub unsafe extern "C" fn is_sorted(address: *const i32, count: usize) -> bool {
    slice::from_raw_parts(address, count)
        .windows(2)
        .all(|pair| pair[0] <= pair[1])
}

/// Panics with an index out of range when `index` is not below 4: what Rust makes of a bug is a trap.
#[no_mangle]
pub extern "C" fn pick(index: usize) -> i32 {
    let primes = [2, 3, 5, 7];
    primes[index]
}
