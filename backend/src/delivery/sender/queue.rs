//! Between the sender and its carriers: parcels on the way out, outcomes on the way back.
//!
//! Many carriers on several threads take from one queue and give to one basket, thousands of times a second. Both are
//! a list under a lock that is held for an instant. The sender is woken when it is worth its while, not for each
//! letter: when the first outcome has come, and when as many have come as it waits for.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

/// Things to be taken by whoever comes first.
#[derive(Debug)]
pub struct Queue<T> {
    things: Mutex<VecDeque<T>>,
    came: Notify,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            things: Mutex::default(),
            came: Notify::new(),
        }
    }
}

impl<T> Queue<T> {
    pub fn give(&self, things: impl IntoIterator<Item = T>) {
        let added = {
            let mut queue = lock(&self.things);
            let before = queue.len();
            queue.extend(things);
            queue.len() - before
        };
        for _ in 0..added {
            self.came.notify_one();
        }
    }

    /// Takes the next one, if there is one now.
    pub fn take_now(&self) -> Option<T> {
        lock(&self.things).pop_front()
    }

    /// Takes everything back that nobody has taken.
    pub fn take_all(&self) -> Vec<T> {
        lock(&self.things).drain(..).collect()
    }

    pub async fn take(&self) -> T {
        loop {
            // From this moment on nothing that comes is missed.
            let mut came = pin!(self.came.notified());
            came.as_mut().enable();
            if let Some(thing) = self.take_now() {
                return thing;
            }
            came.await;
        }
    }
}

/// Things that are collected until it is worth looking.
#[derive(Debug)]
pub struct Basket<T> {
    inner: Mutex<Inner<T>>,
    came: Notify,
}

#[derive(Debug)]
struct Inner<T> {
    things: Vec<T>,
    enough: usize,
}

impl<T> Default for Basket<T> {
    fn default() -> Self {
        let inner = Inner {
            things: Vec::new(),
            enough: 1,
        };
        Self {
            inner: Mutex::new(inner),
            came: Notify::new(),
        }
    }
}

impl<T> Basket<T> {
    pub fn put(&self, thing: T) {
        let worth_it = {
            let mut inner = lock(&self.inner);
            inner.things.push(thing);
            let count = inner.things.len();
            count == 1 || count == inner.enough
        };
        if worth_it {
            self.came.notify_one();
        }
    }

    pub fn take(&self) -> Vec<T> {
        std::mem::take(&mut lock(&self.inner).things)
    }

    /// Waits for the first to come, and from then on for `enough`, but not longer than `gather`.
    pub async fn gathered(&self, enough: usize, gather: Duration) {
        lock(&self.inner).enough = enough;
        self.reaches(1).await;
        // Too few after all that time are enough as well.
        let _ = timeout(gather, self.reaches(enough)).await;
    }

    async fn reaches(&self, count: usize) {
        loop {
            let mut came = pin!(self.came.notified());
            came.as_mut().enable();
            if lock(&self.inner).things.len() >= count {
                return;
            }
            came.await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_gets_what_comes_and_the_rest_can_be_taken_back() {
        let queue = Arc::new(Queue::default());
        let waiting = tokio::spawn({
            let queue = queue.clone();
            async move { (queue.take().await, queue.take().await) }
        });
        tokio::task::yield_now().await;
        queue.give([1, 2]);
        assert_eq!(waiting.await.unwrap(), (1, 2));
        queue.give([3, 4]);
        assert_eq!(queue.take_all(), [3, 4]);
        assert_eq!(queue.take_now(), None);
    }

    #[tokio::test]
    async fn a_basket_is_looked_into_when_there_is_enough_in_it() {
        let basket = Arc::new(Basket::default());
        let looking = tokio::spawn({
            let basket = basket.clone();
            async move {
                basket.gathered(3, Duration::from_secs(3600)).await;
                basket.take()
            }
        });
        tokio::task::yield_now().await;
        for letter in ["a", "b"] {
            basket.put(letter);
            tokio::task::yield_now().await;
            assert!(!looking.is_finished());
        }
        basket.put("c");
        assert_eq!(looking.await.unwrap(), ["a", "b", "c"]);
    }
}
