//! What else is to be known of an act: a reason, the role before and after, what was changed.

use contract::audit::{AuditDetail, AuditDetailName};
use contract::permissions::Role;

use super::texts;
use crate::i18n::{Text, Words};
use crate::users::role_text;

/// In words, in the order in which one asks for them.
pub fn in_words(words: Words, details: &[AuditDetail]) -> Vec<String> {
    use AuditDetailName::{
        ApiToken, EmailAfter, EmailBefore, Fields, Reason, RoleAfter, RoleBefore, Sessions,
    };
    let value = |name| {
        let found = details.iter().find(|detail| detail.name == name);
        found.map(|detail| detail.value.clone())
    };
    let role = |name| value(name).map(|word| role_in_words(words, &word));
    let quoted = |text: String| words.fill(texts::QUOTED, &[("text", &text)]).to_string();
    let said = [
        value(Reason)
            .filter(|reason| !reason.is_empty())
            .map(quoted),
        change(words, role(RoleBefore), role(RoleAfter)),
        change(words, value(EmailBefore), value(EmailAfter)),
        value(Fields).map(|fields| fields_in_words(words, &fields)),
        value(Sessions)
            .and_then(|count| count.parse().ok())
            .filter(|count| *count > 0)
            .map(|count| words.count(texts::SESSIONS, count).to_string()),
        value(ApiToken).map(|name| words.fill(texts::BY_TOKEN, &[("name", &name)]).to_string()),
    ];
    said.into_iter().flatten().collect()
}

fn change(words: Words, before: Option<String>, after: Option<String>) -> Option<String> {
    match (before, after) {
        (Some(before), Some(after)) => {
            let both = words.fill(texts::BECAME, &[("before", &before), ("after", &after)]);
            Some(both.to_string())
        }
        (before, after) => after.or(before),
    }
}

fn role_in_words(words: Words, word: &str) -> String {
    match Role::from_word(word) {
        Some(role) => words.say(role_text(role)).to_string(),
        None => word.to_owned(),
    }
}

fn fields_in_words(words: Words, fields: &str) -> String {
    let named = fields
        .split(',')
        .map(str::trim)
        .map(|field| match field_text(field) {
            Some(text) => words.say(text).to_string(),
            None => field.to_owned(),
        });
    named.collect::<Vec<_>>().join(", ")
}

fn field_text(field: &str) -> Option<Text> {
    Some(match field {
        "full_name" => texts::FIELD_FULL_NAME,
        "email" => texts::FIELD_EMAIL,
        "role" => texts::FIELD_ROLE,
        "language" => texts::FIELD_LANGUAGE,
        "time_zone" => texts::FIELD_TIME_ZONE,
        "city" => texts::FIELD_CITY,
        "phone" => texts::FIELD_PHONE,
        "avatar" => texts::FIELD_AVATAR,
        "comment" => texts::FIELD_COMMENT,
        "subject" => texts::FIELD_SUBJECT,
        "body" => texts::FIELD_BODY,
        "format" => texts::FIELD_FORMAT,
        "shared" => texts::FIELD_SHARED,
        "sms_text" => texts::FIELD_SMS_TEXT,
        "title" => texts::FIELD_TITLE,
        "message_id" => texts::FIELD_MESSAGE,
        "audience" => texts::FIELD_AUDIENCE,
        "channel" => texts::FIELD_CHANNEL,
        "starts_at" => texts::FIELD_START,
        "ends_at" => texts::FIELD_END,
        "recurrence" => texts::FIELD_RECURRENCE,
        "on_unknown" => texts::FIELD_ON_UNKNOWN,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn said(language: Language, details: &[(AuditDetailName, &str)]) -> String {
        let details: Vec<AuditDetail> = details
            .iter()
            .map(|(name, value)| AuditDetail {
                name: *name,
                value: (*value).to_owned(),
            })
            .collect();
        in_words(Words { language }, &details).join("; ")
    }

    #[test]
    fn a_role_is_told_before_and_after() {
        let roles = [
            (AuditDetailName::RoleAfter, "manager"),
            (AuditDetailName::RoleBefore, "user"),
        ];
        assert_eq!(said(Language::En, &roles), "User → Manager");
        assert_eq!(said(Language::Ru, &roles), "Пользователь → Менеджер");
        assert_eq!(said(Language::En, &roles[..1]), "Manager");
    }

    #[test]
    fn fields_have_names_and_unknown_ones_their_own() {
        let fields = [(AuditDetailName::Fields, "full_name, time_zone,moon")];
        assert_eq!(said(Language::Ru, &fields), "имя, часовой пояс, moon");
    }

    #[test]
    fn reason_sessions_and_token_follow_each_other() {
        let details = [
            (AuditDetailName::ApiToken, "Shop"),
            (AuditDetailName::Sessions, "2"),
            (AuditDetailName::Reason, "Spam"),
        ];
        assert_eq!(
            said(Language::En, &details),
            "“Spam”; 2 sessions; by the API token “Shop”"
        );
        assert_eq!(
            said(Language::Ru, &details),
            "«Spam»; 2 сеанса; через токен API «Shop»"
        );
    }
}
