//! What home asks for.

use contract::home::HomeView;

use crate::operations;

operations! {
    HOME: Get "/home" -> HomeView;
}
