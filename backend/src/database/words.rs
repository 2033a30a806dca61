//! Enums of the contract as columns of text. The contract itself knows no database.

/// Makes a column type whose words are those given, and turns it into the contract's enum and back.
macro_rules! words {
    ($(#[$doc:meta])* $word:ident for $enum:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $word {
            $(#[sea_orm(string_value = $text)] $variant),+
        }

        impl From<$enum> for $word {
            fn from(value: $enum) -> Self {
                match value { $($enum::$variant => Self::$variant),+ }
            }
        }

        impl From<$word> for $enum {
            fn from(word: $word) -> Self {
                match word { $($word::$variant => Self::$variant),+ }
            }
        }
    };
}

pub(crate) use words;
