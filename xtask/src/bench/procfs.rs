//! What Linux tells of running processes: processor time, memory, bytes read.

use std::{
    fs,
    ops::{Add, Sub},
    path::Path,
    time::Duration,
};

use crate::problem::{Outcome, Problem};

/// Linux counts processor time for programs in hundredths of a second, on every machine.
const TICK: Duration = Duration::from_millis(10);

/// Processor time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cpu(pub Duration);

impl Add for Cpu {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Cpu {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Cpu {
    /// Microseconds for each of so many.
    pub fn each(self, count: u64) -> f64 {
        self.0.as_secs_f64() * 1e6 / count.max(1) as f64
    }
}

/// Of one process, with all its threads.
pub fn of_process(pid: u32) -> Outcome<Cpu> {
    let stat = read(&format!("/proc/{pid}/stat"))?;
    Ok(times(&stat, 2))
}

/// Of those children of ours that have ended.
pub fn of_ended_children() -> Outcome<Cpu> {
    let stat = read("/proc/self/stat")?;
    Ok(times(&stat, 4) - times(&stat, 2))
}

/// Of a process, its children, and those of its children that have ended.
pub fn of_family(pid: u32) -> Outcome<Cpu> {
    let stat = read(&format!("/proc/{pid}/stat"))?;
    let children = children(pid)
        .filter_map(|stat| fs::read_to_string(stat).ok())
        .map(|stat| times(&stat, 4));
    Ok(children.fold(times(&stat, 4), Cpu::add))
}

/// Of those threads of a process whose name begins so.
pub fn of_threads(pid: u32, name: &str) -> Cpu {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten();
    tasks
        .filter_map(|task| fs::read_to_string(task.path().join("stat")).ok())
        .filter(|stat| {
            stat.split_once('(')
                .is_some_and(|(_, rest)| rest.starts_with(name))
        })
        .fold(Cpu::default(), |sum, stat| sum + times(&stat, 2))
}

/// Of the whole machine, idle time apart.
pub fn of_machine() -> Outcome<Cpu> {
    let stat = read("/proc/stat")?;
    let first = stat.lines().next().unwrap_or_default();
    let ticks: Vec<u32> = first
        .split_whitespace()
        .skip(1)
        .filter_map(|n| n.parse().ok())
        .collect();
    // user, nice, system, idle, iowait, irq, softirq, steal
    let busy = [0, 1, 2, 5, 6, 7]
        .iter()
        .filter_map(|at| ticks.get(*at))
        .sum::<u32>();
    Ok(Cpu(TICK * busy))
}

/// The most memory that the process has ever held.
pub fn peak_memory(pid: u32) -> Outcome<u64> {
    let status = read(&format!("/proc/{pid}/status"))?;
    field(&status, "VmHWM:").map(|kilobytes| kilobytes * 1024)
}

/// Bytes that the process has read, from sockets too.
pub fn bytes_read(pid: u32) -> Outcome<u64> {
    field(&read(&format!("/proc/{pid}/io"))?, "rchar:")
}

/// The kind of file system that a folder is on.
pub fn file_system(folder: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let holds = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?, words.next()?))
        })
        .filter(|(mount, _)| folder.starts_with(mount))
        .max_by_key(|(mount, _)| mount.len());
    holds.map_or("unknown", |(_, kind)| kind).to_owned()
}

fn children(pid: u32) -> impl Iterator<Item = std::path::PathBuf> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .map(|process| process.path().join("stat"))
        .filter(move |stat| {
            let stat = fs::read_to_string(stat).unwrap_or_default();
            after_name(&stat).nth(1) == Some(pid.to_string().as_str())
        })
}

/// Sums the first `count` of: user, system, children's user, children's system.
fn times(stat: &str, count: usize) -> Cpu {
    let ticks = after_name(stat).skip(11).take(count);
    Cpu(TICK
        * ticks
            .filter_map(|ticks| ticks.parse::<u32>().ok())
            .sum::<u32>())
}

/// The fields after the name, which may contain anything but ends at the last bracket.
fn after_name(stat: &str) -> impl Iterator<Item = &str> {
    let (_, rest) = stat.rsplit_once(") ").unwrap_or_default();
    rest.split(' ')
}

fn field(text: &str, name: &str) -> Outcome<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| Problem::Failed(format!("the kernel does not tell {name}")))
}

fn read(file: &str) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| Problem::failed(file, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_any_name() {
        let stat = "17 (sh) ) x) S 4 17 17 0 -1 4194304 100 0 0 0 150 50 7 3 20 0 1 0 100";
        assert_eq!(times(stat, 2), Cpu(Duration::from_secs(2)));
        assert_eq!(times(stat, 4), Cpu(Duration::from_millis(2_100)));
        assert_eq!(after_name(stat).nth(1), Some("4"));
        assert_eq!(times(stat, 2).each(1_000), 2_000.0);
    }
}
