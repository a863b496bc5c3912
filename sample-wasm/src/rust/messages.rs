//! The processor of the article "Adding experimental WebAssembly support to Decaton": appends the message of every task
//! to /messages. Tasks are like {"message":"Hello"}.

mod task;

use std::fs::OpenOptions;
use std::io::Write;

#[no_mangle]
pub extern "C" fn run() {
    let task = task::take();
    let message = task::member(&task, "message").expect("a member \"message\"");
    let mut file = OpenOptions::new().append(true).create(true).open("/messages").expect("/messages");
    writeln!(file, "{}", message).expect("/messages");
}
