//! The kit that every screen is built from. Screens hold no markup that a second screen would need too.
//!
//! * [`Link`], [`use_go`], [`use_unsaved`]: moving about, with unsaved changes guarded
//! * [`PageHead`], [`Tabs`], [`Facts`], [`Notice`], [`Empty`]: the parts of a page
//! * `Loading::show`: waiting (skeletons after 150 ms), failed (what failed, "Try again"), ready
//! * [`list`]: lists with search, filters, sorting, pages and selection, whose state is in the address bar
//! * [`form`]: forms that check with the API's own code and show its errors at their fields
//! * [`marks`]: buttons that write Markdown; [`picture_file`]: pictures from somebody's disk
//! * [`PictureDrop`], [`use_upload`]: where one is let go or chosen, and its way to the service
//! * [`use_asking`], [`Dialog`], [`ActDialog`], [`TypeToConfirm`], [`use_toasts`], [`More`]: asking, telling, a small menu
//! * [`use_every`], [`use_countdown`], [`use_moving`]: what moves by itself; [`Avatar`], [`use_picture`]: pictures of people; [`zone`]: clocks on the wall of any zone
//! * [`Pill`], [`OwnerName`], [`ResultBar`], [`TimeText`], [`Code`], [`CopyButton`], [`IconView`]: small things
//!
//! Colours mean the same everywhere: see [`Tone`].

mod act_dialog;
mod asking;
mod bar;
mod button;
pub mod countdown;
mod dialog;
mod every;
pub mod form;
mod icon;
mod leaving;
mod link;
pub mod list;
mod loaded;
pub mod marks;
pub mod markup;
mod more;
mod moving;
mod notice;
mod owner;
mod page;
mod picture;
mod picture_drop;
pub mod picture_file;
mod pill;
mod stamp;
mod tabs;
mod taken;
pub mod time;
mod toasts;
mod type_to_confirm;
mod upload;
pub mod zone;

pub use act_dialog::ActDialog;
pub use asking::use_asking;
pub use bar::{BarPart, ResultBar};
pub use button::{Button, CopyButton, Look};
pub use countdown::use_countdown;
pub use dialog::{ConfirmDialog, Dialog};
pub use every::use_every;
pub use icon::{Icon, IconView};
pub use leaving::{LeavingProvider, use_unsaved};
pub use link::{Go, Link, use_go};
pub use loaded::{FailedPanel, skeleton};
pub use more::{More, MoreEntry};
pub use moving::use_moving;
pub use notice::{Empty, Notice};
pub use owner::{OwnerName, owner_called, owner_with_address};
pub use page::{Crumb, Fact, Facts, PageHead, use_title};
pub use picture::{Avatar, use_picture};
pub use picture_drop::{ChoosePicture, PictureDrop, UploadProgress};
pub use pill::{Code, Pill, Tone};
pub use stamp::Stamp;
pub use tabs::{Tab, Tabs};
pub use taken::{use_query, use_taken, use_taken_later};
pub use time::{TimeText, use_zone};
pub use toasts::{ToastsProvider, use_toasts};
pub use type_to_confirm::TypeToConfirm;
pub use upload::{Upload, use_upload};
