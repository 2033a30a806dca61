//! People: from signing up to being blocked, and who sees what.

mod changed_address;
mod forgotten_password;
mod made_by_hand;
mod password_fields;
mod required_second_factor;
mod roles;
mod session_ended;
mod sign_up_to_blocking;
