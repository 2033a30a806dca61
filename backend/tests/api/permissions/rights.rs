//! What an operation asks of whoever comes, and what it answers to each.

use contract::permissions::Permission::{
    self, EditEverything, KeepOwnMailings, SeeEverything, SeeMailings, WriteBlog,
};

/// What an answer must be: any 2xx, or exactly this refusal.
pub type Expected = u16;
pub const IN: Expected = 200;

/// The answers to a guest, and to each role of `Role::ALL` with its own and with somebody else's.
#[derive(Clone, Copy)]
pub struct Rights {
    pub guest: Expected,
    pub own: [Expected; 4],
    pub foreign: [Expected; 4],
    pub key: Key,
    /// What an API token needs beside, for what is somebody else's.
    pub beyond: &'static [Permission],
}

/// What gets in, beside the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Nothing is asked for.
    Open,
    /// A session or an API token, also of who must still set up their second factor.
    Known,
    /// A session, or an API token with one of these scopes.
    Scope(&'static [Permission]),
    /// A session, also of who must still set up their second factor. No API token.
    Session,
    /// A session that proved itself not long ago. No API token.
    Proof,
    /// The same, also of who must still set up their second factor.
    ProofToSetUp,
}

pub const ANYBODY: Rights = Rights {
    guest: IN,
    own: [IN; 4],
    foreign: [IN; 4],
    key: Key::Open,
    beyond: &[],
};
/// There is no cookie to renew a session by, no link to take: whoever asks.
pub const fn nobody(refusal: Expected) -> Rights {
    Rights {
        guest: refusal,
        own: [refusal; 4],
        foreign: [refusal; 4],
        key: Key::Open,
        beyond: &[],
    }
}
pub const KNOWN: Rights = everyone(Key::Known, IN);
pub const IN_PERSON: Rights = everyone(Key::Session, IN);
pub const PROVED: Rights = everyone(Key::Proof, IN);
/// A thing of one's own that nobody else may know of, by a fresh proof.
pub const PROVED_OWN: Rights = Rights {
    foreign: [404; 4],
    ..PROVED
};
/// Everyone signed in, with what is theirs alone or nobody's.
pub const SEERS: Rights = everyone(Key::Scope(&[SeeMailings]), IN);
pub const KEEPERS: Rights = Rights {
    own: [IN, IN, 403, IN],
    foreign: [IN, IN, 403, IN],
    ..everyone(Key::Scope(&[KeepOwnMailings]), IN)
};
pub const SEE: Rights = Rights {
    foreign: [404, 404, IN, IN],
    beyond: &[SeeEverything],
    ..SEERS
};
pub const EDIT: Rights = Rights {
    foreign: [404, 404, 403, IN],
    beyond: &[SeeEverything, EditEverything],
    ..KEEPERS
};
/// What is shared is no secret, but not one's own either.
pub const EDIT_SHARED: Rights = Rights {
    foreign: [403, 403, 403, IN],
    beyond: &[SeeEverything, EditEverything],
    ..KEEPERS
};
pub const USE_SHARED: Rights = KEEPERS;

/// Those who write the blog, with whatever another began.
pub const WRITERS: Rights = Rights {
    own: [403, IN, 403, IN],
    foreign: [403, IN, 403, IN],
    ..everyone(Key::Scope(&[WriteBlog]), IN)
};

/// Everyone signed in gets this answer, by this key.
pub const fn everyone(key: Key, answer: Expected) -> Rights {
    Rights {
        guest: 401,
        own: [answer; 4],
        foreign: [answer; 4],
        key,
        beyond: &[],
    }
}

/// Managers and administrators, with whatever it is.
pub const fn managers(scope: &'static [Permission]) -> Rights {
    Rights {
        own: [403, 403, IN, IN],
        foreign: [403, 403, IN, IN],
        ..everyone(Key::Scope(scope), IN)
    }
}

/// Administrators alone, with whatever it is.
pub const fn admins(scope: &'static [Permission]) -> Rights {
    Rights {
        own: [403, 403, 403, IN],
        foreign: [403, 403, 403, IN],
        ..everyone(Key::Scope(scope), IN)
    }
}

/// Everyone with their own, by the first scope; managers, who have none of their own, and administrators with
/// anybody's, by the second.
pub const fn overseers(scope: &'static [Permission]) -> Rights {
    Rights {
        foreign: [404, 404, IN, IN],
        ..everyone(Key::Scope(scope), IN)
    }
}
