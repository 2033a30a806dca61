//! The operations on statistics.

use contract::listing::Page;
use contract::statistics::{
    DailyStatistics, MailingStatistics, MailingStatisticsDetail, MessageStatistics,
    MessageStatisticsDetail, RunStatistics, Statistics, UserStatistics,
};

use crate::operations;

operations! {
    TOTALS: Get "/statistics" -> Statistics;
    DAILY: Get "/statistics/daily" -> DailyStatistics;
    RUNS: Get "/statistics/runs" -> Page<RunStatistics>;
    MAILINGS: Get "/statistics/mailings" -> Page<MailingStatistics>;
    MAILING: Get "/statistics/mailings/{id}" -> MailingStatisticsDetail;
    MESSAGES: Get "/statistics/messages" -> Page<MessageStatistics>;
    MESSAGE: Get "/statistics/messages/{id}" -> MessageStatisticsDetail;
    USERS: Get "/statistics/users" -> Page<UserStatistics>;
}
