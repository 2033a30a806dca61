//! The blog: articles, the addresses they had before, their pictures, and who read what within the hour.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, &["DELETE FROM search_terms WHERE kind = 6"]).await?;
        dialect::drop_tables(manager, TABLES).await
    }
}

const UP: &[&str] = &[
    "CREATE TABLE blog_pictures (
        id {id},
        name {key} NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        kind TEXT NOT NULL,
        uploaded_by BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        unused_since {instant}
    )",
    "CREATE UNIQUE INDEX blog_pictures_name ON blog_pictures (name)",
    "CREATE INDEX blog_pictures_unused ON blog_pictures (unused_since) WHERE unused_since IS NOT NULL",
    "CREATE TABLE blog_articles (
        id {id},
        author_id BIGINT NOT NULL REFERENCES users (id),
        slug {key} NOT NULL,
        slug_chosen BOOLEAN NOT NULL,
        title TEXT NOT NULL,
        title_key {key} NOT NULL,
        summary TEXT NOT NULL,
        excerpt TEXT NOT NULL,
        body TEXT NOT NULL,
        picture_id BIGINT REFERENCES blog_pictures (id),
        picture_alt TEXT NOT NULL,
        published_at {instant},
        was_public BOOLEAN NOT NULL,
        readings BIGINT NOT NULL,
        version BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        updated_at {instant} NOT NULL
    )",
    "CREATE UNIQUE INDEX blog_articles_slug ON blog_articles (slug)",
    "CREATE INDEX blog_articles_published ON blog_articles (published_at, id)",
    "CREATE INDEX blog_articles_updated ON blog_articles (updated_at, id)",
    "CREATE INDEX blog_articles_title ON blog_articles (title_key, id)",
    "CREATE INDEX blog_articles_readings ON blog_articles (readings, id)",
    "CREATE INDEX blog_articles_picture ON blog_articles (picture_id) WHERE picture_id IS NOT NULL",
    "CREATE TABLE blog_former_slugs (
        slug {key} PRIMARY KEY,
        article_id BIGINT NOT NULL REFERENCES blog_articles (id) ON DELETE CASCADE
    )",
    "CREATE INDEX blog_former_slugs_article ON blog_former_slugs (article_id)",
    "CREATE TABLE blog_used_pictures (
        article_id BIGINT NOT NULL REFERENCES blog_articles (id) ON DELETE CASCADE,
        picture_id BIGINT NOT NULL REFERENCES blog_pictures (id),
        PRIMARY KEY (article_id, picture_id)
    )",
    "CREATE INDEX blog_used_pictures_picture ON blog_used_pictures (picture_id)",
    // Who it was is hashed with the day's secret, and is gone with the hour.
    "CREATE TABLE blog_visits (
        hour BIGINT NOT NULL,
        article_id BIGINT NOT NULL,
        visitor BIGINT NOT NULL,
        PRIMARY KEY (hour, article_id, visitor)
    )",
    "CREATE TABLE blog_visit_secrets (
        day BIGINT PRIMARY KEY,
        secret TEXT NOT NULL
    )",
];

const TABLES: &[&str] = &[
    "blog_visit_secrets",
    "blog_visits",
    "blog_used_pictures",
    "blog_former_slugs",
    "blog_articles",
    "blog_pictures",
];
