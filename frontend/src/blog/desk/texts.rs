//! Words of the desk where the blog is written.

use crate::{plurals, texts};

texts! {
    SENTENCE: "What everybody may read, and what is still being written.", "Опубликованное для всех и то, что ещё пишется.";
    ADD: "Write article", "Написать статью";
    LOOK_AT_BLOG: "Look at the blog", "Открыть блог";
    LOOK: "Look at it", "Открыть статью";
    SEARCH: "Words of title or summary", "Слова из заголовка или описания";
    DRAFTS: "Drafts", "Черновики";
    SCHEDULED: "Scheduled", "Запланированные";
    PUBLISHED_ALL: "Published", "Опубликованные";
    ARTICLE: "Article", "Статья";
    STATE: "State", "Состояние";
    PUBLISHED_AT: "Publication", "Публикация";
    READINGS: "Readings", "Прочтения";
    AUTHOR: "Author", "Автор";
    SCHEDULED_ONE: "Scheduled", "Запланирована";
    PUBLISHED_ONE: "Published", "Опубликована";
    EMPTY_TITLE: "Nothing written yet", "Пока ничего не написано";
    EMPTY_TEXT: "Articles appear on the start page and in the blog, for everybody to read. Write the first one: it stays a draft until you publish it.",
        "Статьи видны всем — на главной странице и в блоге. Напишите первую: пока вы её не опубликуете, это черновик.";
    NEW_TITLE: "New article", "Новая статья";
    NEW_SENTENCE: "It stays a draft until you publish it.", "Пока вы не опубликуете её, это черновик.";
    DRAFT_SENTENCE: "A draft: only those who write the blog see it.", "Черновик: его видят только авторы блога.";
    SCHEDULED_SENTENCE: "It appears {when}: {at}.", "Появится {when}: {at}.";
    PUBLISHED_SENTENCE: "Published since {at}: {readings}.", "Доступна всем с {at}: {readings}.";
    TITLE: "Title", "Заголовок";
    BODY: "Text", "Текст";
    BODY_HINT: "Markdown, with tables and code. A picture dropped here is inserted at the cursor.",
        "Markdown, с таблицами и кодом. Перетащите сюда картинку — она встанет на место курсора.";
    INSERT_PICTURE: "Insert a picture", "Вставить картинку";
    PICTURE: "Picture above the text", "Картинка над текстом";
    PICTURE_HINT: "Drop it here. JPEG, PNG or WebP, up to 10 MB.", "Перетащите её сюда. JPEG, PNG или WebP, до 10 МБ.";
    PICTURE_GOES: "The picture is being sent", "Картинка отправляется";
    PICTURE_ARRIVED: "The picture is there", "Картинка на месте";
    PICTURE_INSERTED: "The picture is in the text", "Картинка вставлена в текст";
    WAITS_FOR_PICTURE: "It can be saved as soon as the picture has been sent.", "Сохранить можно будет, когда картинка отправится.";
    CHOOSE_PICTURE: "Choose a picture", "Выбрать картинку";
    OTHER_PICTURE: "Choose another", "Выбрать другую";
    REMOVE_PICTURE: "Remove", "Убрать";
    ALT: "What it shows", "Что на ней изображено";
    ALT_HINT: "For those who cannot see it, and for search engines. Leave it empty if the picture is only decoration.",
        "Для тех, кто её не видит, и для поисковиков. Пусто — значит, это просто украшение.";
    SUMMARY: "Summary", "Краткое содержание";
    SUMMARY_HINT: "Shown on the card and where the article is shared. If empty, its first words are used.",
        "Видно на карточке и когда статьёй делятся. Пусто — первые слова статьи.";
    SLUG: "Address", "Адрес";
    SLUG_HINT: "Its place: /blog/{slug}", "Место статьи: /blog/{slug}";
    PUBLICATION: "Publication", "Публикация";
    DRAFT: "Draft", "Черновик";
    NOW: "Publish now", "Опубликовать сейчас";
    LATER: "At a set time", "В назначенное время";
    PUBLISHED: "Published", "Опубликована";
    DAY: "Day", "День";
    TIME: "Time", "Время";
    DRAFT_SAID: "Only those who write the blog see it.", "Её видят только авторы блога.";
    TAKEN_BACK: "It disappears from the blog: links to it lead nowhere until it is published again.",
        "Она исчезнет из блога: ссылки перестанут работать, пока её снова не опубликуют.";
    NOW_SAID: "Everybody may read it as soon as you save.", "Её увидят все, как только вы сохраните.";
    AS_IS_SAID: "Since {at}.", "С {at}.";
    LATER_SAID: "Appears by itself {when}: {at}.", "Появится сама {when}: {at}.";
    AWAY_SAID: "It disappears from the blog now and appears again {when}: {at}. Until then links to it lead nowhere.",
        "Она сейчас исчезнет из блога и появится снова {when}: {at}. До тех пор ссылки на неё не работают.";
    LATER_PAST_SAID: "That is past: it appears at once, dated {at}.", "Это время прошло: статья появится сразу, с датой {at}.";
    SAVE_DRAFT: "Save draft", "Сохранить черновик";
    PUBLISH: "Publish", "Опубликовать";
    SCHEDULE: "Schedule", "Запланировать";
    SAVED_DRAFT: "The draft was saved", "Черновик сохранён";
    SAVED: "The article was saved", "Статья сохранена";
    SCHEDULED_DONE: "The article is scheduled", "Статья запланирована";
    PUBLISHED_DONE: "The article is published", "Статья опубликована";
    NOT_PUBLISHED: "The article is saved, but it is not published yet", "Статья сохранена, но ещё не опубликована";
    PREVIEW: "Preview", "Предпросмотр";
    AS_ARTICLE: "Article", "Статья";
    AS_CARD: "Card", "Карточка";
    PREVIEW_WAITS: "Write the text, and it appears here.", "Начните писать — текст появится здесь.";
    UNTITLED: "Untitled", "Без заголовка";
    DELETE_TITLE: "Delete this article?", "Удалить статью?";
    DELETE_ACT: "Delete article", "Удалить статью";
    DELETE_DRAFT: "The draft “{title}” will be gone.", "Черновик «{title}» пропадёт.";
    DELETE_SCHEDULED: "“{title}” will not appear.", "«{title}» не появится.";
    DELETE_PUBLISHED: "“{title}” disappears from the blog, and links to it lead nowhere.",
        "«{title}» исчезнет из блога, ссылки на неё перестанут работать.";
    DELETE_FOR_GOOD: "This cannot be undone.", "Отменить это нельзя.";
    DELETED: "“{title}” was deleted", "Статья удалена: «{title}»";
}

plurals! {
    DELETE_READINGS: ["The count of its {n} reading goes with it.", "The count of its {n} readings goes with it."],
        ["Пропадёт и счётчик: {n} прочтение.", "Пропадёт и счётчик: {n} прочтения.", "Пропадёт и счётчик: {n} прочтений."];
}
