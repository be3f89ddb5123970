//! The app in a real window, end to end: the real service, a real keyring, a real browser at the sign-in page.
//!
//! Linux alone: the session that it runs in is made of an X server, a message bus and a keyring. What is missing makes it fail by name;
//! nothing is skipped. Pictures of what it saw lie in `target/screens`.
#![cfg(target_os = "linux")]

mod fixture;

mod attachments;
mod axe;
mod axe_forms;
mod axe_out_of_reach;
mod border;
mod browsing;
mod bulk;
mod delegating;
mod dropdown;
mod first_start;
mod hostile;
mod keyboard;
mod keychain;
mod offline;
mod outbox;
mod palette;
mod reading;
mod relations;
mod reports;
mod room_groups;
mod screens;
mod sign_in;
mod sign_out;
mod start_failure;
mod switching;
mod update_rings;
mod updates;
mod views;
mod web_process;
mod work;
mod zoom;

use anyhow::Result;

use fixture::{Fixture, run, step};

#[tokio::test]
async fn the_main_job_on_line_and_off() -> Result<()> {
    run("main-job", async |fixture: &mut Fixture| {
        step("the sign-in screen", sign_in::face(fixture)).await?;
        step("sign in", sign_in::with_keyboard_and_browser(fixture)).await?;
        step("what the page may reach", border::the_page_reaches_the_engine_alone(fixture)).await?;
        let customer = step("choose a customer", dropdown::choose_with_the_keyboard(fixture)).await?;
        step("one customer", browsing::one_customer(fixture, &customer)).await?;
        step("all tickets", browsing::all_tickets(fixture)).await?;
        step("resolved", browsing::resolved(fixture)).await?;
        let found = step("filter, search, open", browsing::filter_search_and_open(fixture)).await?;
        step("run through the list", browsing::run_through_the_list(fixture)).await?;
        step("what is asked", browsing::fault_9_19_a_question_is_asked_once(fixture)).await?;
        step("a press on a list that changes", browsing::fault_9_19_a_press_that_ends_on_another_row_opens_neither(fixture)).await?;
        step("messages", reading::fault_9_03_messages_are_read_when_they_were_on_screen(fixture)).await?;
        step("keys of a text", reading::fault_9_04_keys_of_a_text_do_nothing_else(fixture)).await?;
        step("rooms", browsing::rooms(fixture)).await?;
        step("language", browsing::language(fixture)).await?;
        step("pictures on line", screens::on_line(fixture, &found)).await?;
        step("off line", offline::reads_on_without_the_service(fixture, &customer, &found)).await?;
        step("pictures off line", screens::off_line(fixture)).await?;
        step("start off line", offline::opens_from_the_cache_alone(fixture, &found)).await?;
        step("on line again", offline::becomes_current_by_itself(fixture)).await?;
        step("sign out", sign_out::nothing_readable_is_left(fixture)).await
    })
    .await
}

#[tokio::test]
async fn r17_r62_from_the_invitation_to_the_goodbye() -> Result<()> {
    run("relations", async |fixture: &mut Fixture| {
        let customer = step("the customer invites", relations::the_customer_invites(fixture)).await?;
        step("the partner accepts", relations::the_partner_accepts(fixture, &customer)).await?;
        step("the helpdesk gets a role", relations::the_helpdesk_gets_a_role(fixture, &customer)).await?;
        step("what is taken vanishes", relations::what_is_taken_vanishes_by_itself(fixture, &customer)).await?;
        step("one plan for forty customers", relations::one_plan_for_forty_customers(fixture)).await
    })
    .await
}

#[tokio::test]
async fn a_form_is_never_sent_to_the_customer_that_one_switched_to() -> Result<()> {
    run("switching", async |fixture: &mut Fixture| {
        step("short-lived tokens", switching::short_lived_tokens(fixture)).await?;
        step("sign in, with late answers", sign_in::late_answers_undo_no_event(fixture)).await?;
        step("300 switches", switching::no_form_is_sent_elsewhere(fixture)).await?;
        step("another page", switching::fault_02_a_form_outlasts_a_visit_to_another_page(fixture)).await?;
        step("sign in again", switching::fault_08_signing_in_again_keeps_an_open_form(fixture)).await
    })
    .await
}

#[tokio::test]
async fn fault_9_05_by_keyboard_alone_and_the_focus_is_never_lost() -> Result<()> {
    run("keyboard", async |fixture: &mut Fixture| {
        step("a customer invites", keyboard::invite_a_partner(fixture)).await?;
        step("a partner accepts", keyboard::accept_an_invitation(fixture)).await?;
        step("sign in", keyboard::sign_in_leads_to_the_heading(fixture)).await?;
        step("regions", keyboard::regions_and_the_skip_link(fixture)).await?;
        step("another customer", keyboard::switch_the_customer(fixture)).await?;
        step("severity and age", keyboard::filter_by_severity_and_age(fixture)).await?;
        step("there and back", keyboard::follow_a_link_and_go_back(fixture)).await?;
        step("all signals of a room", keyboard::a_room_shows_all_its_signals(fixture)).await?;
        step("a custom role", keyboard::make_a_role_with_an_assignment(fixture)).await?;
        step("what is off says why", keyboard::what_is_off_says_why(fixture)).await
    })
    .await
}

#[tokio::test]
async fn a20_rooms_are_put_into_groups() -> Result<()> {
    run("room-groups", async |fixture: &mut Fixture| {
        step("a group, by keyboard", room_groups::a20_a_group_is_made_by_keyboard_and_filters_rooms(fixture)).await
    })
    .await
}

#[tokio::test]
async fn r93_reports() -> Result<()> {
    run("reports", async |fixture: &mut Fixture| step("a report, by keyboard", reports::r93_a_report_is_read_by_keyboard(fixture)).await)
        .await
}

#[tokio::test]
async fn r100_r101_r102_update_rings() -> Result<()> {
    run("update-rings", async |fixture: &mut Fixture| {
        step("nine rings, by keyboard", update_rings::r101_nine_rings_share_sixty_days(fixture)).await?;
        step("a room goes and comes back", update_rings::r100_r102_a_room_moves_and_comes_back_to_general(fixture)).await
    })
    .await
}

#[tokio::test]
async fn w12_r104_r105_updates() -> Result<()> {
    run("updates", async |fixture: &mut Fixture| {
        step("paused and resumed, by keyboard", updates::r104_an_update_is_paused_and_resumed(fixture)).await?;
        step("forced in one room", updates::r105_an_update_is_forced_in_one_room(fixture)).await
    })
    .await
}

#[tokio::test]
async fn a36_what_joins_a_delegated_group_is_seen_by_itself() -> Result<()> {
    run("delegating", async |fixture: &mut Fixture| {
        let group = step("a group is delegated with future rooms", delegating::a_group_is_delegated_with_future_rooms(fixture)).await?;
        step("what joins it later", delegating::what_joins_it_later_is_seen_by_itself(fixture, group)).await
    })
    .await
}

#[tokio::test]
async fn hands_on_the_keyboard() -> Result<()> {
    run("palette", async |fixture: &mut Fixture| {
        step("sign in", keyboard::sign_in_leads_to_the_heading(fixture)).await?;
        step("a room in eight presses", palette::a_room_is_found_in_eight_presses(fixture)).await?;
        step("pages, actions, numbers", palette::pages_actions_and_numbers(fixture)).await?;
        step("a person", palette::a32_a_person_leads_to_what_they_work_on(fixture)).await?;
        step("the language of filters", palette::the_language_of_filters(fixture)).await?;
        step("the keys of the sheet", palette::the_keys_of_the_sheet(fixture)).await?;
        step("views of rooms", views::a_view_of_rooms_is_saved_and_opened_by_keyboard_and_counts_its_rows(fixture)).await?;
        step("saved views", views::a_view_is_saved_opened_changed_moved_and_deleted(fixture)).await?;
        step("names in the search box", views::a_name_is_completed_in_the_search_box(fixture)).await?;
        step("links", palette::links_lead_to_their_places(fixture)).await
    })
    .await
}

#[tokio::test]
async fn r83_r86_a_days_work_without_the_mouse() -> Result<()> {
    run("work", async |fixture: &mut Fixture| {
        step("sign in", keyboard::sign_in_leads_to_the_heading(fixture)).await?;
        let number = step("an incident is reported", work::an_incident_is_reported(fixture)).await?;
        step("a message", work::a_message_is_written(fixture, &number)).await?;
        step("edited", work::it_is_edited(fixture)).await?;
        step("a picture", attachments::r82_a_picture_is_added_shown_and_saved(fixture)).await?;
        step("claimed", work::it_is_claimed_and_released(fixture, &number)).await?;
        step("snoozed", work::it_is_snoozed_and_brought_back(fixture, &number)).await?;
        step("closed", work::it_is_closed_with_a_reason(fixture, &number)).await?;
        step("what a signal raised", work::what_a_signal_raised_is_not_closed_by_hand(fixture)).await?;
        step("from a room", work::an_incident_is_reported_from_a_room(fixture)).await?;
        step("a change that meets another", outbox::a35_what_meets_another_change_is_read_and_sent_anyway_by_keyboard(fixture)).await?;
        step("off line", work::off_line_nothing_that_was_typed_is_lost(fixture)).await?;
        step("thrown away", outbox::a35_an_issue_that_waits_is_opened_and_discarded_by_keyboard(fixture)).await
    })
    .await
}

#[tokio::test]
async fn names_made_to_attack_the_page_are_text_wherever_they_stand() -> Result<()> {
    run("hostile", async |fixture: &mut Fixture| {
        step("sign in", keyboard::sign_in_leads_to_the_heading(fixture)).await?;
        step("fifty names", hostile::names_are_text_wherever_they_stand(fixture)).await
    })
    .await
}

#[tokio::test]
async fn bulk_one_signal_is_snoozed_in_twenty_rooms_with_ten_presses() -> Result<()> {
    run("bulk", async |fixture: &mut Fixture| {
        step("sign in", keyboard::sign_in_leads_to_the_heading(fixture)).await?;
        step("a range", bulk::rows_are_selected_by_range(fixture)).await?;
        step("one signal, 20 rooms", bulk::one_signal_is_snoozed_in_twenty_rooms(fixture)).await
    })
    .await
}

#[tokio::test]
async fn fault_9_11_axe_finds_nothing_on_a_partners_pages() -> Result<()> {
    run("axe-partner", async |fixture: &mut Fixture| axe::partner(fixture).await).await
}

#[tokio::test]
async fn fault_9_11_axe_finds_nothing_on_a_customers_pages() -> Result<()> {
    run("axe-customer", async |fixture: &mut Fixture| axe::customer(fixture).await).await
}

#[tokio::test]
async fn fault_9_11_axe_finds_nothing_on_forms_and_questions() -> Result<()> {
    run("axe-forms", async |fixture: &mut Fixture| axe_forms::forms_and_questions(fixture).await).await
}

#[tokio::test]
async fn fault_9_11_axe_finds_nothing_where_service_keychain_or_disk_are_out_of_reach() -> Result<()> {
    run("axe-out-of-reach", async |fixture: &mut Fixture| axe_out_of_reach::run(fixture).await).await
}

#[tokio::test]
async fn the_first_start_asks_for_the_service_and_dark_desktops_get_dark_screens() -> Result<()> {
    first_start::run().await
}

#[tokio::test]
async fn fault_9_06_nothing_overlaps_at_200_percent_and_fault_9_09_text_is_marked() -> Result<()> {
    run("zoom", async |fixture: &mut Fixture| {
        step("sign in", sign_in::with_keyboard_and_browser(fixture)).await?;
        step("200 %", zoom::fault_9_06_everything_grows_and_stays_so(fixture)).await?;
        step("words of a row", zoom::fault_9_09_words_of_a_row_are_marked_and_copied(fixture)).await
    })
    .await
}

#[tokio::test]
async fn fault_19_a_locked_keyring_is_said_and_the_list_opens_when_it_is_unlocked() -> Result<()> {
    run("keychain", async |fixture: &mut Fixture| {
        step("a locked keyring", keychain::a_locked_keyring_is_said_and_waited_for(fixture)).await
    })
    .await
}

#[tokio::test]
async fn fault_10_a_page_whose_process_is_killed_comes_back_three_times_and_then_the_user_is_told() -> Result<()> {
    web_process::run().await
}

#[tokio::test]
async fn fault_18_a_data_folder_that_cannot_be_used_is_told_in_a_window() -> Result<()> {
    start_failure::run().await
}
