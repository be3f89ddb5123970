//! The icons: strokes on a grid of 16 units, drawn for this app. Always beside a word or a label, never instead of one.

use yew::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name,)*
        }

        impl Icon {
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }
        }
    };
}

icons! {
    Incidents = "M2 5.5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1.25a1.75 1.75 0 0 0 0 3.5v.25a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-.25a1.75 1.75 0 0 0 0-3.5zM10 4.5v1.2M10 7.4v1.2M10 10.3v1.2",
    Rooms = "M2.5 3.5h11a.5.5 0 0 1 .5.5v6.5a.5.5 0 0 1-.5.5h-11a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5zM8 11v2.5M5 13.5h6",
    Building = "M3.5 14V3a.5.5 0 0 1 .5-.5h5a.5.5 0 0 1 .5.5v11M9.5 6.5H12a.5.5 0 0 1 .5.5v7M2 14h12M5.5 5.5h2M5.5 8h2M5.5 10.5h2",
    Globe = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM2.2 8h11.6M8 2c1.7 1.7 2.5 3.7 2.5 6S9.7 12.3 8 14C6.3 12.3 5.5 10.3 5.5 8S6.3 3.7 8 2z",
    Search = "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.3 10.3 13.5 13.5",
    ChevronDown = "M4.5 6.5 8 10l3.5-3.5",
    ChevronRight = "M6.5 4.5 10 8l-3.5 3.5",
    Close = "M4 4l8 8M12 4l-8 8",
    Check = "M3.5 8.5l3 3 6-7",
    ArrowUp = "M8 13V3M4 7l4-4 4 4",
    ArrowDown = "M8 3v10M4 9l4 4 4-4",
    Current = "M4.5 12.5a3 3 0 0 1-.4-5.97 4 4 0 0 1 7.7-.7A3.4 3.4 0 0 1 11.5 12.5M6 10l1.8 1.8L11 8.6",
    Sync = "M13.5 7A5.6 5.6 0 0 0 3.3 5M2.5 9a5.6 5.6 0 0 0 10.2 2M3 2.2V5h2.8M13 13.8V11h-2.8",
    Offline = "M2.5 2.5l11 11M4.2 6.6a3 3 0 0 0 .3 5.9h7M6.7 4.2a4 4 0 0 1 5.1 2.5 3 3 0 0 1 1.7 4.6",
    Lock = "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
    User = "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.5-2.5 2.4-3.5 5-3.5s4.5 1 5 3.5",
    SignOut = "M6.5 13.5h-3a.5.5 0 0 1-.5-.5V3a.5.5 0 0 1 .5-.5h3M7 8h6.5M11 5.5 13.5 8 11 10.5",
    Info = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.3v3.7M8 5v.2",
    Critical = "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 10.8v.2",
    Important = "M8 2.5 14.3 13.5H1.7zM8 6.5v3M8 11.5v.2",
    Warning = "M8 2l6 6-6 6-6-6zM8 5.5v2.8M8 10.3v.2",
    Recommended = "M6 11.5h4M6.5 13.7h3M5.8 11.5c0-1.6-1.8-2.2-1.8-4.7a4 4 0 0 1 8 0c0 2.5-1.8 3.1-1.8 4.7",
    NeedsAction = "M3.5 14V2.5M3.5 3h8.8l-2 3 2 3H3.5",
    Assigned = "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 2v2.2M8 11.8V14M2 8h2.2M11.8 8H14M3.8 3.8l1.5 1.5M10.7 10.7l1.5 1.5M12.2 3.8l-1.5 1.5M5.3 10.7l-1.5 1.5",
    Pen = "M3 13l.8-3.2L10.6 3a1.1 1.1 0 0 1 1.6 0l.8.8a1.1 1.1 0 0 1 0 1.6L6.2 12.2 3 13zM9.5 4.2l2.3 2.3",
    Pending = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5V8l2.5 1.5",
    Resolved = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.3 8.2l1.9 1.9 3.5-4",
    Closed = "M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3",
    Heart = "M8 13.3 3 8.4a3.1 3.1 0 0 1 0-4.4 3.1 3.1 0 0 1 4.4 0l.6.6.6-.6a3.1 3.1 0 0 1 4.4 0 3.1 3.1 0 0 1 0 4.4z",
    HeartBroken = "M8 13.3 3 8.4a3.1 3.1 0 0 1 0-4.4 3.1 3.1 0 0 1 4.4 0l.6.6.6-.6a3.1 3.1 0 0 1 4.4 0 3.1 3.1 0 0 1 0 4.4zM8 4.6 6.7 6.8 9 8.3 8 10.5",
    Unplugged = "M5.5 2.5v3M10.5 2.5v3M4 5.5h8V8a4 4 0 0 1-8 0zM8 12v2M2 2l12 12",
    Quiet = "M2.5 2.5l11 11M5.2 4.3A3.8 3.8 0 0 1 11.8 7v2.5M4.2 6.5 4.2 8.5 3 11.5h8.5M6.7 13.7h2.6",
    Onboarding = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 5v6M5 8h6",
    Message = "M2.5 3.5h11v8h-6L4.5 14v-2.5h-2z",
    Attachment = "M12.5 7.3 7.6 12.2a2.7 2.7 0 0 1-3.8-3.8l5.2-5.2a1.8 1.8 0 0 1 2.5 2.5L6.4 10.8a.9.9 0 0 1-1.3-1.3l4.4-4.4",
    File = "M4 2h5.5L12.5 5v9H4zM9.2 2v3.3h3.3",
    Picture = "M2.5 3h11v10h-11zM2.5 11l3-3 2.5 2.5 2-2 3.5 3.5M10.5 6.3v.2",
    Video = "M2.5 4.5h7v7h-7zM9.5 7l4-2v6l-4-2",
    Group = "M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM2 13c.3-2.3 1.8-3.4 4-3.4S9.7 10.7 10 13M10.3 3.4a2.1 2.1 0 0 1 0 4M11.6 9.8c1.4.4 2.2 1.5 2.4 3.2",
    Tenants = "M2 14V6.5a.5.5 0 0 1 .5-.5H7a.5.5 0 0 1 .5.5V14M7.5 9.5h6a.5.5 0 0 1 .5.5v4M1.5 14h13M4.2 8.3h1M4.2 10.8h1M10.2 11.8h1.3M4.5 6V3.5M10.5 9.5V2.5h3M10.5 2.5v3h3v-3",
    Roles = "M8 1.8 13 3.6v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4zM5.7 8l1.7 1.7 3-3.4",
    Partners = "M5.5 10.5 3 8l3.5-3.5L8 6M10.5 5.5 13 8l-3.5 3.5L8 10M6.5 9.5l3-3",
    Approvals = "M4 2.5h8a.5.5 0 0 1 .5.5v10.5h-9V3a.5.5 0 0 1 .5-.5zM5.8 8.3l1.6 1.6 2.9-3.3M6 2.5V1.5h4v1",
    Audit = "M3.5 2h7L13 4.5V14H3.5zM10.2 2v2.8H13M5.7 7.5h5M5.7 9.7h5M5.7 11.9h3",
    Plus = "M8 3v10M3 8h10",
    Minus = "M3 8h10",
    Several = "M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3",
    Updates = "M8 2.5v7M5 6.8 8 9.8l3-3M3 11v2.5h10V11",
    Rings = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM8 7.9v.2",
    Settings = "M2.5 4.5h6M11.5 4.5h2M2.5 8h2M7.5 8h6M2.5 11.5h7M12.5 11.5h1M10 3v3M6 6.5v3M11 10v3",
    Key = "M9.2 6.8a3 3 0 1 0-2 2L8.5 10H10v1.5h1.5V13h2v-2z",
    Reports = "M2.5 2.5v11h11M5.5 11V8M8.2 11V5M11 11V6.5",
    Copy = "M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6",
    Link = "M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2.3-2.3a2.5 2.5 0 0 0-3.6-3.6l-.8.8M9.2 6.8a2.5 2.5 0 0 0-3.6 0L3.3 9.1a2.5 2.5 0 0 0 3.6 3.6l.8-.8",
    Columns = "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
    Command = "M3 4.5 6.5 8 3 11.5M8 12h5",
    Question = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11v.2",
    Party = "M8 1.8l1.7 3.9 4.2.4-3.2 2.8 1 4.1L8 10.8 4.3 13l1-4.1L2.1 6.1l4.2-.4z",
}

/// Draws an icon; invisible to screen readers. A function, not a component: a screen has hundreds of them.
pub fn glyph(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={icon.path()} />
        </svg>
    }
}

pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="mark__tile" x="1" y="1" width="30" height="30" rx="7" />
            <path class="mark__far" d="M16.5 6H25v14.5" />
            <path class="mark__near" d="M12.5 9.2h8.9v14" />
            <rect class="mark__frame" x="6.9" y="12.4" width="11.3" height="13.6" rx="1" />
            <path class="mark__dark" d="M9.1 14.6h6.8V26H9.1z" />
            <path class="mark__door" d="M9.1 14.6l4.8 1.8V26H9.1z" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    /// It stands in both: what the page shows before there is a program can be drawn by none.
    #[test]
    fn the_mark_before_the_program_runs_is_the_same() {
        let shapes = |text: &'static str| text.lines().map(str::trim).filter(|line| line.contains(" class=\"mark__")).collect::<Vec<_>>();
        let (page, drawn) = (shapes(include_str!("../../index.html")), shapes(include_str!("icon.rs")));
        assert_eq!(page.len(), 6);
        assert_eq!(page, drawn[..6]);
    }
}
