//! The operations behind a letter's link. They need nobody to be signed in: the token says who it is about.

use contract::unsubscribing::UnsubscribingView;

use crate::operations;

operations! {
    READ: Get "/unsubscribe/{token}" -> UnsubscribingView;
    UNSUBSCRIBE: Post "/unsubscribe/{token}" -> ();
    UNDO: Delete "/unsubscribe/{token}" -> ();
}
