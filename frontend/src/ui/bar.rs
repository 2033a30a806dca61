//! What became of a run, as one thin bar.
//!
//! Drawn as SVG, since the page's CSP forbids widths in style attributes.

use yew::prelude::*;

use super::Tone;

/// One colour of the bar; `label` says in words what it counts ("48,812 sent").
#[derive(Clone, Debug, PartialEq)]
pub struct BarPart {
    pub tone: Tone,
    pub count: u64,
    pub label: AttrValue,
}

#[derive(PartialEq, Properties)]
pub struct ResultBarProps {
    pub parts: Vec<BarPart>,
    /// A smaller one for tables.
    #[prop_or_default]
    pub mini: bool,
}

const WIDTH: f64 = 1000.0;

#[component]
pub fn ResultBar(props: &ResultBarProps) -> Html {
    let counts: Vec<u64> = props.parts.iter().map(|part| part.count).collect();
    let said: Vec<&str> = props
        .parts
        .iter()
        .filter(|part| part.count > 0)
        .map(|part| part.label.as_str())
        .collect();
    let rects = props
        .parts
        .iter()
        .zip(spans(&counts))
        .filter(|(part, _)| part.count > 0);
    html! {
        <svg class={classes!("result-bar", props.mini.then_some("result-bar-mini"))}
            viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label={said.join(", ")}>
            { for rects.map(|(part, (x, width))| html! {
                <rect class={part.tone.class()} x={format!("{x:.2}")} y="0" width={format!("{width:.2}")} height="12">
                    <title>{ part.label.clone() }</title>
                </rect>
            }) }
        </svg>
    }
}

/// Where each part begins and how wide it is. What is there at all stays visible: at least half a percent.
fn spans(counts: &[u64]) -> Vec<(f64, f64)> {
    const LEAST: f64 = WIDTH / 200.0;
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return counts.iter().map(|_| (0.0, 0.0)).collect();
    }
    let wished = counts.iter().map(|&count| {
        let share = WIDTH * count as f64 / total as f64;
        if count > 0 { share.max(LEAST) } else { 0.0 }
    });
    let wished: Vec<f64> = wished.collect();
    let scale = WIDTH / wished.iter().sum::<f64>();
    let mut from = 0.0;
    wished
        .into_iter()
        .map(|width| {
            let span = (from, width * scale);
            from += width * scale;
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_the_smallest_is_seen() {
        let spans = spans(&[99_999, 1, 0]);
        assert!(spans[1].1 > 4.0);
        assert_eq!(spans[2].1, 0.0);
        let end = spans[1].0 + spans[1].1;
        assert!((end - WIDTH).abs() < 0.01);
    }

    #[test]
    fn an_empty_run_draws_nothing() {
        assert_eq!(spans(&[0, 0]), [(0.0, 0.0), (0.0, 0.0)]);
    }
}
