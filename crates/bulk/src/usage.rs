//! What a run cost, as the operating system counts it.

use serde::Serialize;

/// Processor time and memory of this process since it began.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Usage {
    /// User and system time of all threads, in milliseconds.
    pub cpu_ms: f64,
    /// The most memory held at once, in bytes; none where the system does not say.
    pub peak_bytes: Option<u64>,
}

impl Usage {
    /// As it stands now.
    pub fn now() -> Usage {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let cpu_ms = time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6;
        Usage { cpu_ms, peak_bytes: peak() }
    }
}

/// `VmHWM` of Linux, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_time_and_memory() {
        let before = Usage::now();
        let words: Vec<String> = (0..200_000).map(|number| number.to_string()).collect();
        let after = Usage::now();
        assert!(after.cpu_ms > before.cpu_ms, "{} strings", words.len());
        assert!(!cfg!(target_os = "linux") || after.peak_bytes.is_some_and(|bytes| bytes > 1 << 20));
    }
}
