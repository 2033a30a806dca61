//! Words of the blog.

use crate::{plurals, texts};

texts! {
    BLOG: "Blog", "Блог";
    BLOG_SENTENCE: "News and advice from {name}.", "Новости и советы от {name}.";
    SUBSCRIBE: "Subscribe by Atom", "Подписаться через Atom";
    ALL_ARTICLES: "All articles", "Все статьи";
    PAGES: "Pages of the blog", "Страницы блога";
    NEWEST: "To the newest", "К самым новым";
    OLDER: "Older articles", "Более старые";
    OTHERS: "More from the blog", "Ещё в блоге";
    NOTHING_PUBLISHED: "Nothing published yet", "Пока ничего не опубликовано";
    NOTHING_PUBLISHED_TEXT: "The first article will appear here.", "Здесь появится первая статья.";
    NO_SUCH_ARTICLE: "There is no such article", "Такой статьи нет";
    NO_SUCH_ARTICLE_TEXT: "It was unpublished, or the address is mistyped.", "Её сняли с публикации, или в адресе опечатка.";
}

plurals! {
    READINGS: ["{n} reading", "{n} readings"], ["{n} прочтение", "{n} прочтения", "{n} прочтений"];
}
