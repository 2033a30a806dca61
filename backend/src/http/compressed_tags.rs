//! An answer that was compressed is another representation than the plain one: each has a tag of its own.
//!
//! RFC 9110 (8.8.3.3) asks for it: who has the beginning of one form must not be given the rest of another. What is
//! behind this knows one tag alone; `"7-4f2a"` goes out as `"7-4f2a-br"` and comes back as `"7-4f2a"`.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use actix_web::middleware::Next;

const ENDINGS: [(&str, &str); 3] = [("br", "-br\""), ("gzip", "-gzip\""), ("zstd", "-zstd\"")];

/// Lets what is behind know the plain tag alone.
pub async fn tell_apart(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let known = unmark(request.headers_mut());
    let mut answer = next.call(request).await?;
    let status = answer.status();
    mark(status, answer.headers_mut(), known);
    Ok(answer)
}

/// The ending of tags that a request knew.
#[derive(Clone, Copy)]
struct Known(Option<&'static str>);

/// Takes the endings off the tags that the caller has.
fn unmark(headers: &mut HeaderMap) -> Known {
    let Some(known) = headers.get(IF_NONE_MATCH) else {
        return Known(None);
    };
    let text = known.to_str().unwrap_or_default();
    let ending = ENDINGS.iter().find(|(_, ending)| text.contains(ending));
    let Some((_, ending)) = ending.copied() else {
        return Known(None);
    };
    let plain = ENDINGS.iter().fold(text.to_owned(), |text, (_, ending)| {
        text.replace(ending, "\"")
    });
    if let Ok(plain) = HeaderValue::from_str(&plain) {
        headers.insert(IF_NONE_MATCH, plain);
    }
    Known(Some(ending))
}

/// Gives the tag of an answer the ending of its encoding; one that was not sent again, the ending that was known.
fn mark(status: StatusCode, headers: &mut HeaderMap, Known(known): Known) {
    let encoding = headers.get(CONTENT_ENCODING);
    let encoding = encoding.and_then(|encoding| encoding.to_str().ok());
    let ending = match encoding {
        Some(encoding) => ENDINGS
            .iter()
            .find(|(name, _)| *name == encoding)
            .map(|(_, ending)| *ending),
        None if status == StatusCode::NOT_MODIFIED => known,
        None => return,
    };
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok());
    let marked = ending.zip(tag).and_then(|(ending, tag)| {
        let marked = format!("{}{ending}", tag.strip_suffix('"')?);
        HeaderValue::from_str(&marked).ok()
    });
    if let Some(marked) = marked {
        headers.insert(ETAG, marked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(of: &[(&'static str, &'static str)]) -> HeaderMap {
        of.iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    fn tag(status: StatusCode, mut of: HeaderMap, known: Option<&'static str>) -> String {
        mark(status, &mut of, Known(known));
        of.get(ETAG).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn each_form_has_a_tag_of_its_own_and_plain_ones_keep_theirs() {
        let ok = StatusCode::OK;
        let of = |encoding| headers(&[("etag", "\"7-4f\""), ("content-encoding", encoding)]);
        assert_eq!(tag(ok, of("br"), None), "\"7-4f-br\"");
        assert_eq!(tag(ok, of("gzip"), None), "\"7-4f-gzip\"");
        assert_eq!(tag(ok, of("identity"), None), "\"7-4f\"");
        let plain = headers(&[("etag", "\"7-4f\"")]);
        assert_eq!(tag(ok, plain.clone(), Some("-br\"")), "\"7-4f\"");
        let known = tag(StatusCode::NOT_MODIFIED, plain, Some("-br\""));
        assert_eq!(known, "\"7-4f-br\"");
    }

    #[test]
    fn what_the_caller_has_is_known_by_the_plain_tag() {
        let unmarked = |text| {
            let mut headers = headers(&[("if-none-match", text)]);
            unmark(&mut headers);
            headers
                .get(IF_NONE_MATCH)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(unmarked("\"7-4f-br\""), "\"7-4f\"");
        assert_eq!(
            unmarked("W/\"a-gzip\", \"b\", \"c-br\""),
            "W/\"a\", \"b\", \"c\""
        );
        assert_eq!(unmarked("*"), "*");
        assert_eq!(unmarked("\"b\""), "\"b\"");
    }
}
