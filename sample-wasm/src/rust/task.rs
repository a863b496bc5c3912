//! A Decaton processor's side of the contract: the host calls run for every task, run takes it by poll_task.

const TASK_BYTES: usize = 1024 * 1024;

#[link(wasm_import_module = "decaton")]
extern "C" {
    fn poll_task(address: i64, capacity: i32) -> i32;
}

/// The task as text.
pub fn take() -> String {
    let mut buffer = vec![0u8; TASK_BYTES];
    let length = unsafe { poll_task(buffer.as_mut_ptr() as i64, TASK_BYTES as i32) };
    buffer.truncate(usize::try_from(length).expect("a task that fits"));
    String::from_utf8(buffer).expect("UTF-8")
}

/// The text of a member of a flat JSON object, with escapes of one character undone.
pub fn member(task: &str, name: &str) -> Option<String> {
    let after = task.split_once(&format!("\"{}\"", name))?.1;
    let text = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let mut out = String::new();
    let mut characters = text.chars();
    loop {
        match characters.next()? {
            '"' => return Some(out),
            '\\' => out.push(characters.next()?),
            other => out.push(other),
        }
    }
}
