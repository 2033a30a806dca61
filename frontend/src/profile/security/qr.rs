//! A QR code as a picture of paths: it needs neither a canvas nor inline styles.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// ISO/IEC 18004 asks for four modules of quiet around.
const QUIET: i32 = 4;

#[derive(PartialEq, Properties)]
pub struct QrProps {
    pub text: String,
    /// What it is, for screen readers.
    pub label: AttrValue,
}

/// Nothing where the text is too long for a QR code.
#[component]
pub fn Qr(props: &QrProps) -> Html {
    let Ok(code) = QrCode::encode_text(&props.text, QrCodeEcc::Medium) else {
        return Html::default();
    };
    let whole = code.size() + 2 * QUIET;
    html! {
        <svg class="qr" viewBox={format!("-{QUIET} -{QUIET} {whole} {whole}")} role="img" aria-label={props.label.clone()}>
            <path d={path(&code)} shape-rendering="crispEdges" />
        </svg>
    }
}

/// One rectangle for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count();
            if run > 0 {
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            // The module after a run is light.
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_has_every_dark_module_once() {
        let text = "otpauth://totp/Golub:anna%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=Golub";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("short enough");
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let path = path(&code);
        let runs = path.split('h').skip(1).filter_map(|rest| {
            let (run, after) = rest.split_once('v')?;
            assert!(after.starts_with("1"), "{after}");
            run.parse::<usize>().ok()
        });
        assert_eq!(runs.sum::<usize>(), dark);
        // The finder in the corner: seven dark modules in its first row.
        assert!(path.starts_with("M0 0h7v1h-7z"));
    }
}
