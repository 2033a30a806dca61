//! The operations on notices.

use contract::listing::Page;
use contract::notices::NoticeView;

use crate::operations;

operations! {
    LIST: Get "/notices" -> Page<NoticeView>;
}
