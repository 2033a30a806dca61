//! Another head for the page: tags in place of its title and description.

/// The page with these tags. Without a title of its own, it stays as it is.
pub fn with(index: &str, tags: &[u8]) -> String {
    let tags = String::from_utf8_lossy(tags);
    let Some((before, rest)) = index.split_once("<title>") else {
        return index.to_owned();
    };
    let Some((_, after)) = rest.split_once("</title>") else {
        return index.to_owned();
    };
    let (before, after) = (without_description(before), without_description(after));
    format!("{before}{tags}{after}")
}

fn without_description(part: &str) -> String {
    // The build may take the quotes away.
    let tags = ["<meta name=\"description\"", "<meta name=description"];
    let start = tags.iter().find_map(|tag| part.find(tag));
    let end = start.and_then(|start| Some(start + part[start..].find('>')? + 1));
    match (start, end) {
        (Some(start), Some(end)) => format!("{}{}", &part[..start], &part[end..]),
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_description_give_way_and_nothing_else_does() {
        let tags = b"<title>A</title><meta name=\"description\" content=\"b\">";
        let index = "<head><meta charset=utf-8><meta name=description content=\"x\"><title>Golub</title><script>start()</script>";
        let with_tags = with(index, tags);
        assert_eq!(
            with_tags,
            "<head><meta charset=utf-8><title>A</title><meta name=\"description\" content=\"b\"><script>start()</script>"
        );
        let behind = "<title>Golub</title>\n<meta name=\"description\" content=\"x\">\n";
        assert!(!with(behind, tags).contains("content=\"x\""));
        assert_eq!(with("<p>", tags), "<p>");
    }
}
