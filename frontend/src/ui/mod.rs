//! The kit that every screen is built from. Screens hold no markup that a second screen would need too.
//!
//! * [`Link`], [`use_go`], [`use_unsaved`]: moving about, with unsaved changes guarded
//! * [`PageHead`], [`Tabs`], [`Facts`], [`Notice`], [`Empty`]: the parts of a page
//! * `Loading::show`: waiting (skeletons after 150 ms), failed (what failed, "Try again"), ready
//! * [`list`]: lists with search, filters, sorting, pages and selection, whose state is in the address bar
//! * [`form`]: forms that check with the API's own code and show its errors at their fields
//! * [`marks`]: buttons that write Markdown
//! * [`PictureDrop`], [`use_upload`]: where a picture from somebody's disk is let go or chosen, and its way to the service
//! * [`use_asking`], [`Dialog`], [`ActDialog`], [`TypeToConfirm`], [`use_toasts`], [`More`]: asking, telling, a small menu
//! * [`use_every`], [`use_countdown`], [`use_moving`]: what moves by itself; [`Avatar`], [`use_picture`]: pictures of people; [`zone`]: clocks on the wall of any zone
//! * [`Pill`], [`OwnerName`], [`ResultBar`], [`TimeText`], [`Code`], [`CopyButton`], [`IconView`]: small things
//!
//! Colours mean the same everywhere: see [`Tone`].

mod bar;
mod button;
pub mod countdown;
mod dialog;
mod every;
pub mod form;
mod icon;
mod link;
pub mod list;
mod loaded;
pub mod marks;
mod more;
mod moving;
mod notice;
mod owner;
mod page;
mod picture;
mod pill;
mod stamp;
mod tabs;
pub mod time;
mod toasts;
mod upload;
pub mod zone;

pub use bar::{BarPart, ResultBar};
pub use button::{Button, CopyButton, Look};
pub use countdown::use_countdown;
pub use dialog::{ActDialog, ConfirmDialog, Dialog, TypeToConfirm, use_asking};
pub use every::use_every;
pub use icon::{Icon, IconView};
pub use link::{
    Go, LeavingProvider, Link, use_go, use_query, use_taken, use_taken_later, use_unsaved,
};
pub use loaded::{FailedPanel, skeleton};
pub use more::{More, MoreEntry};
pub use moving::use_moving;
pub use notice::{Empty, Notice};
pub use owner::{OwnerName, owner_called, owner_with_address};
pub use page::{Crumb, Fact, Facts, PageHead, use_title};
pub use picture::{Avatar, use_picture};
pub use pill::{Code, Pill, Tone};
pub use stamp::Stamp;
pub use tabs::{Tab, Tabs};
pub use time::{TimeText, use_zone};
pub use toasts::{ToastsProvider, use_toasts};
pub use upload::{ChoosePicture, PictureDrop, Upload, UploadProgress, dropped, use_upload};
