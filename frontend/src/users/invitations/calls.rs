//! The operations on invitations.

use contract::accounts::sign_up::{InvitationView, NewInvitation};
use contract::listing::Page;

use crate::client::Call;
use crate::operations;

operations! {
    LIST: Get "/users/invitations" -> Page<InvitationView>;
    INVITE: Post "/users/invitations" -> InvitationView;
    WITHDRAW: Delete "/users/invitations/{id}" -> ();
}

pub fn invite(invitation: &NewInvitation) -> Call<InvitationView> {
    INVITE.call().body(invitation)
}
