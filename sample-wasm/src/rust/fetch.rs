//! The article's second processor: gets the path of every task from a server. Tasks are like {"path":"/README.md"}; the
//! server is 127.0.0.1:8080, or ADDRESS and PORT of the environment.
//!
//! Rust's own TcpStream still says "operation not supported on wasm yet" for this target, so the socket is opened by the
//! functions that WasmEdge added to WASI; as a descriptor it is a File for the rest.

mod task;

use std::fs::File;
use std::io::{self, Write};
use std::os::wasi::io::FromRawFd;

#[repr(C)]
struct Address {
    bytes: *const u8,
    size: usize,
}

#[link(wasm_import_module = "wasi_snapshot_preview1")]
extern "C" {
    fn sock_open(family: u32, kind: u32, descriptor: *mut u32) -> u32;
    fn sock_connect(descriptor: u32, to: *const Address, port: u32) -> u32;
}

fn connect(address: [u8; 4], port: u32) -> io::Result<File> {
    const INET4: u32 = 1;
    const STREAM: u32 = 2;
    let mut descriptor = 0;
    let to = Address { bytes: address.as_ptr(), size: address.len() };
    let mut error = unsafe { sock_open(INET4, STREAM, &mut descriptor) };
    if error == 0 {
        error = unsafe { sock_connect(descriptor, &to, port) };
    }
    match error {
        0 => Ok(unsafe { File::from_raw_fd(descriptor as i32) }),
        other => Err(io::Error::from_raw_os_error(other as i32)),
    }
}

fn variable(name: &str, usual: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| usual.to_string())
}

#[no_mangle]
pub extern "C" fn run() {
    let task = task::take();
    let path = task::member(&task, "path").expect("a member \"path\"");
    let address: std::net::Ipv4Addr = variable("ADDRESS", "127.0.0.1").parse().expect("an address");
    let port = variable("PORT", "8080").parse().expect("a port");
    let mut stream = connect(address.octets(), port).expect("a connection");
    write!(stream, "GET {} HTTP/1.0\r\n\r\n", path).expect("a request");
    io::copy(&mut stream, &mut io::stdout()).expect("an answer");
    // The last line may have no end, and nobody flushes for a reactor.
    io::stdout().flush().expect("standard output");
}
