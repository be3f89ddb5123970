//! Charts as plain SVG. A chart is one place that Tab goes to; arrows, and the mouse, go from one of its values to the next, and the line below it says what is
//! there. Nothing is told by colour alone: the second part of a bar is hollow, and parts of a ring have the numbers of their legend.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::cursor;

/// A bar: from below, a full part and a hollow one.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub full: f64,
    pub hollow: f64,
    /// What it says, in words.
    pub told: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct BarsProps {
    /// What is shown.
    pub label: AttrValue,
    pub bars: Vec<Bar>,
    /// The value at the top.
    pub top: f64,
    /// What stands at the top, and at the bottom.
    pub scale: [AttrValue; 2],
    /// What stands below the first bar and below the last.
    pub ends: [AttrValue; 2],
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A hundred parts of height. Bars share the width.
const HEIGHT: f64 = 100.0;
/// What a bar takes of its place.
const FILLS: f64 = 0.72;

#[component]
pub fn Bars(props: &BarsProps) -> Html {
    let at = use_state_eq(|| None::<usize>);
    let count = props.bars.len();
    // The newest first: it is what one asks for.
    let here = at.filter(|at| *at < count).or_else(|| count.checked_sub(1));
    let onkeydown = {
        let at = at.setter();
        Callback::from(move |event: KeyboardEvent| {
            let key = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => "ArrowDown".to_owned(),
                "ArrowLeft" | "ArrowDown" => "ArrowUp".to_owned(),
                key => key.to_owned(),
            };
            let place = here.and_then(|here| u32::try_from(here).ok());
            if let Some(to) = cursor::moved(&key, place, u32::try_from(count).unwrap_or(u32::MAX), 7) {
                event.prevent_default();
                event.stop_propagation();
                at.set(usize::try_from(to).ok());
            }
        })
    };
    let onmousemove = {
        let at = at.setter();
        Callback::from(move |event: MouseEvent| {
            let Some(drawn) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
            let frame = drawn.get_bounding_client_rect();
            if frame.width() > 0.0 && count > 0 {
                let share = ((f64::from(event.client_x()) - frame.left()) / frame.width()).clamp(0.0, 1.0);
                at.set(Some(((share * count as f64) as usize).min(count - 1)));
            }
        })
    };
    let told = here.and_then(|here| props.bars.get(here)).map(|bar| bar.told.clone()).unwrap_or_default();
    let bars = props.bars.iter().enumerate().map(|(place, bar)| {
        let height = |value: f64| if props.top > 0.0 { (value / props.top * HEIGHT).clamp(0.0, HEIGHT) } else { 0.0 };
        let (full, hollow) = (height(bar.full), height(bar.hollow).min(HEIGHT - height(bar.full)));
        let x = place as f64 + (1.0 - FILLS) / 2.0;
        let rect = |class: &'static str, y: f64, height: f64| {
            (height > 0.0).then(|| {
                html! { <rect {class} x={x.to_string()} y={y.to_string()} width={FILLS.to_string()} height={height.to_string()} vector-effect="non-scaling-stroke" /> }
            })
        };
        html! {
            <g key={place}>
                if here == Some(place) { <rect class="chart__here" x={place.to_string()} y="0" width="1" height={HEIGHT.to_string()} /> }
                {rect("chart__full", HEIGHT - full, full)}
                {rect("chart__hollow", HEIGHT - full - hollow, hollow)}
            </g>
        }
    });
    html! {
        <div class="chart" data-testid={props.testid.clone()}>
            <div class="chart__scale" aria-hidden="true"><span>{&props.scale[0]}</span><span>{&props.scale[1]}</span></div>
            <div
                class="chart__plot"
                role="slider"
                tabindex="0"
                aria-label={&props.label}
                aria-orientation="horizontal"
                aria-valuemin="1"
                aria-valuemax={count.max(1).to_string()}
                aria-valuenow={here.map_or(1, |here| here + 1).to_string()}
                aria-valuetext={told.clone()}
                {onkeydown}
                {onmousemove}
            >
                <svg class="chart__drawing" viewBox={format!("0 0 {} {HEIGHT}", count.max(1))} preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    {for bars}
                </svg>
            </div>
            <div class="chart__ends" aria-hidden="true"><span>{&props.ends[0]}</span><span>{&props.ends[1]}</span></div>
            <p class="chart__told">{told}</p>
        </div>
    }
}

/// A part of a ring.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub count: u32,
    pub name: AttrValue,
    /// The count, as it is written.
    pub told: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct RingProps {
    pub label: AttrValue,
    pub parts: Vec<Part>,
    /// All together, as it is written.
    pub total: AttrValue,
}

/// The radius and the middle of the ring; it is 100 wide.
const RADIUS: f64 = 38.0;
const MIDDLE: f64 = 50.0;
/// What of a hundred a part needs for its number to fit.
const NUMBERED: f64 = 5.0;

/// A ring of parts, and its legend, which says all that the ring shows.
#[component]
pub fn Ring(props: &RingProps) -> Html {
    let all: f64 = props.parts.iter().map(|part| f64::from(part.count)).sum();
    let mut begun = 0.0;
    let parts = props.parts.iter().enumerate().map(|(place, part)| {
        let share = if all > 0.0 { f64::from(part.count) / all * 100.0 } else { 0.0 };
        let from = begun;
        begun += share;
        let (x, y) = on_ring(from + share / 2.0);
        // A hair is left between two parts: where they meet is seen without their colours.
        let drawn = (share - 0.8).max(0.0);
        html! {
            if share > 0.0 {
                <g key={place}>
                    <circle class={format!("chart__part chart__part--{}", place + 1)} cx="50" cy="50" r={RADIUS.to_string()} pathLength="100" stroke-dasharray={format!("{drawn} {}", 100.0 - drawn)} stroke-dashoffset={(25.0 - from).to_string()} />
                    if share >= NUMBERED { <text class="chart__number" font-size="9" x={x.to_string()} y={y.to_string()} text-anchor="middle" dominant-baseline="central">{place + 1}</text> }
                </g>
            }
        }
    });
    let parts: Vec<Html> = parts.collect();
    let legend = props.parts.iter().enumerate().map(|(place, part)| {
        html! {
            <li key={place} class="legend__line">
                <span class={format!("legend__mark legend__mark--{}", place + 1)} aria-hidden="true">{place + 1}</span>
                <span class="legend__name">{&part.name}</span>
                <span class="legend__count">{&part.told}</span>
            </li>
        }
    });
    html! {
        <div class="ring">
            <svg class="ring__drawing" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
                <circle class="chart__ground" cx="50" cy="50" r={RADIUS.to_string()} />
                <>{for parts}</>
                <text class="ring__total" font-size="16" x="50" y="50" text-anchor="middle" dominant-baseline="central">{&props.total}</text>
            </svg>
            <ul class="legend" aria-label={&props.label}>{for legend}</ul>
        </div>
    }
}

/// Where on the ring so many of a hundred lie, clockwise from the top.
fn on_ring(share: f64) -> (f64, f64) {
    let angle = share / 100.0 * std::f64::consts::TAU;
    (MIDDLE + RADIUS * angle.sin(), MIDDLE - RADIUS * angle.cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_begins_at_the_top_and_goes_clockwise() {
        let near = |(x, y): (f64, f64), (a, b): (f64, f64)| (x - a).abs() < 1e-9 && (y - b).abs() < 1e-9;
        assert!(near(on_ring(0.0), (50.0, 12.0)) && near(on_ring(25.0), (88.0, 50.0)) && near(on_ring(50.0), (50.0, 88.0)));
    }
}
