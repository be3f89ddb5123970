//! Where the window may be: on a screen that is there, and no larger than it.

use tauri::{Monitor, PhysicalPosition, PhysicalSize, WebviewWindow};

/// A part of the desktop, in pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

impl Area {
    fn new(at: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> Self {
        Self { x: at.x.into(), y: at.y.into(), width: size.width.into(), height: size.height.into() }
    }

    /// How much of it lies in the other.
    fn shared(self, other: Self) -> i64 {
        let wide = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let high = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        wide.max(0) * high.max(0)
    }
}

/// The size of the window with its frame. GTK says nonsense before a frame is there: then the window is all that is known.
fn framed(outer: PhysicalSize<u32>, inner: PhysicalSize<u32>) -> PhysicalSize<u32> {
    const THICKEST_FRAME: u32 = 500;
    let holds = |outer: u32, inner: u32| outer.checked_sub(inner).is_some_and(|frame| frame <= THICKEST_FRAME);
    if holds(outer.width, inner.width) && holds(outer.height, inner.height) { outer } else { inner }
}

/// How much of a title bar must be on a screen, in pixels, so that it can be taken hold of.
const HOLD_WIDTH: i64 = 120;
const HOLD_HEIGHT: i64 = 20;

/// Whether the window reaches over from one screen to another, most of it is seen, and its title bar can be taken hold of: somebody put it there.
fn spans_screens(window: Area, screens: &[Area]) -> bool {
    let bar = Area { height: HOLD_HEIGHT, ..window };
    let held = HOLD_WIDTH.min(window.width) * HOLD_HEIGHT;
    // The primary screen may be named twice.
    let named_before = |at: usize| screens[..at].contains(&screens[at]);
    let shared: Vec<i64> =
        (0..screens.len()).filter(|at| !named_before(*at)).map(|at| window.shared(screens[at])).filter(|area| *area > 0).collect();
    let is_seen = shared.iter().sum::<i64>() * 2 > window.width * window.height;
    shared.len() > 1 && is_seen && screens.iter().any(|screen| bar.shared(*screen) >= held)
}

/// The window's place within the screen on which most of it is, or within the first where it is on none.
fn fitted(window: Area, screens: &[Area]) -> Area {
    if spans_screens(window, screens) {
        return window;
    }
    // Of equals, `max_by_key` takes the last.
    let Some(screen) = screens.iter().rev().max_by_key(|screen| window.shared(**screen)) else { return window };
    let (width, height) = (window.width.min(screen.width), window.height.min(screen.height));
    Area {
        x: window.x.clamp(screen.x, screen.x + screen.width - width),
        y: window.y.clamp(screen.y, screen.y + screen.height - height),
        width,
        height,
    }
}

/// Brings a window in whose screen is gone or has become smaller. What fails leaves the window where the system put it.
pub(super) fn bring_in(window: &WebviewWindow) -> tauri::Result<()> {
    if window.is_maximized()? || window.is_fullscreen()? {
        return Ok(());
    }
    let mut screens: Vec<Monitor> = window.primary_monitor()?.into_iter().collect();
    screens.extend(window.available_monitors()?);
    let screens: Vec<Area> = screens.iter().map(|screen| Area::new(screen.work_area().position, screen.work_area().size)).collect();
    // The frame counts: a title bar above the screen cannot be taken hold of.
    let inner = window.inner_size()?;
    let outer = framed(window.outer_size()?, inner);
    let here = Area::new(window.outer_position()?, outer);
    let there = fitted(here, &screens);
    if there == here {
        return Ok(());
    }
    tracing::info!(?here, ?there, "the window is brought onto the screen");
    let length = |outer: u32, inner: u32, fitted: i64| u32::try_from(fitted - i64::from(outer.saturating_sub(inner))).unwrap_or(inner);
    if (there.width, there.height) != (here.width, here.height) {
        let (width, height) = (length(outer.width, inner.width, there.width), length(outer.height, inner.height, there.height));
        window.set_size(PhysicalSize { width, height })?;
    }
    let at = |place: i64| i32::try_from(place).unwrap_or_default();
    window.set_position(PhysicalPosition { x: at(there.x), y: at(there.y) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn area(x: i64, y: i64, width: i64, height: i64) -> Area {
        Area { x, y, width, height }
    }

    const LAPTOP: Area = area(0, 0, 1366, 738);
    const MONITOR: Area = area(1366, 0, 2560, 1400);

    #[test]
    fn fault_9_06_a_window_of_a_removed_monitor_is_brought_onto_the_one_that_is_left() {
        assert_eq!(fitted(area(2000, 100, 1280, 700), &[LAPTOP]), area(86, 38, 1280, 700));
        assert_eq!(fitted(area(-1900, -40, 1280, 700), &[LAPTOP]), area(0, 0, 1280, 700));
    }

    #[test]
    fn fault_9_06_a_window_of_a_bigger_monitor_is_made_smaller() {
        assert_eq!(fitted(area(0, 0, 2560, 1400), &[LAPTOP]), LAPTOP);
        assert_eq!(fitted(area(200, 50, 1280, 1000), &[LAPTOP]), area(86, 0, 1280, 738));
    }

    #[test]
    fn fault_9_06_a_window_that_is_on_a_screen_stays_there() {
        let here = area(1400, 100, 1280, 800);
        assert_eq!(fitted(here, &[LAPTOP, MONITOR]), here);
        assert_eq!(fitted(here, &[]), here, "a system that names no screens");
    }

    #[test]
    fn fault_9_06_a_frame_that_cannot_be_is_not_believed() {
        let size = |width, height| PhysicalSize { width, height };
        let inner = size(1280, 800);
        assert_eq!(framed(size(1290, 840), inner), size(1290, 840));
        // As GTK says it of a new window on a screen of 1366 × 768: its place in place of its size. The window was made 640 pixels wide.
        assert_eq!(framed(size(43, 16_u32.wrapping_neg()), inner), inner);
        assert_eq!(framed(size(1280, 16_u32.wrapping_neg()), inner), inner);
    }

    #[test]
    fn fault_9_06_a_window_over_two_screens_is_left_alone_where_its_title_bar_can_be_reached() {
        for here in [area(1300, 10, 1000, 700), area(100, 0, 3000, 1300), area(1366 - 130, 100, 1280, 900)] {
            assert_eq!(fitted(here, &[LAPTOP, LAPTOP, MONITOR]), here);
        }
        assert_eq!(fitted(area(0, 0, 8000, 4000), &[LAPTOP, MONITOR]), MONITOR, "larger than both");
        let above = area(1300, -40, 1000, 700);
        assert_eq!(fitted(above, &[LAPTOP, MONITOR]), area(1366, 0, 1000, 700), "its title bar is above both");
        let named_twice = area(-200, 100, 1280, 600);
        assert_eq!(fitted(named_twice, &[LAPTOP, LAPTOP]), area(0, 100, 1280, 600), "one screen is no two");
    }
}
