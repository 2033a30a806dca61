//! The answers kept in memory, to be shown while newer ones are fetched.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::Answer;

/// More than a person walks through in a sitting; beyond it everything is dropped and fetched anew.
const MOST: usize = 200;

#[derive(Default)]
pub struct Kept {
    answers: RefCell<HashMap<String, Rc<dyn Any>>>,
}

impl Kept {
    pub fn put<T: 'static>(&self, url: &str, answer: Rc<Answer<T>>) {
        let mut answers = self.answers.borrow_mut();
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(url.to_owned(), answer);
    }

    pub fn get<T: 'static>(&self, url: &str) -> Option<Rc<Answer<T>>> {
        let answer = self.answers.borrow().get(url)?.clone();
        answer.downcast().ok()
    }

    pub fn clear(&self) {
        self.answers.borrow_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_again_by_its_address_and_type() {
        let kept = Kept::default();
        kept.put(
            "/a",
            Rc::new(Answer {
                value: 7,
                etag: None,
            }),
        );
        assert_eq!(kept.get::<i32>("/a").map(|answer| answer.value), Some(7));
        assert!(kept.get::<String>("/a").is_none());
        assert!(kept.get::<i32>("/b").is_none());
        kept.clear();
        assert!(kept.get::<i32>("/a").is_none());
    }
}
