//! The tables as diesel knows them. Kept by hand beside `migrations/`; a test compares the two on both databases.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    settings (key) {
        key -> Text,
        value -> Text,
    }
}

table! {
    groups (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        name_he -> Nullable<Text>,
        kind -> Text,
    }
}

table! {
    people (id) {
        id -> BigInt,
        email -> Text,
        email_folded -> Text,
        name -> Text,
        name_he -> Nullable<Text>,
        title -> Text,
        title_he -> Nullable<Text>,
        organisation -> Nullable<Text>,
        outsider -> Bool,
        language -> Text,
        theme -> Text,
        shortcuts -> Bool,
        password_hash -> Nullable<Text>,
        admin -> Bool,
        active -> Bool,
        home_group_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        phone -> Nullable<Text>,
        expertise -> Nullable<Text>,
        photo -> Nullable<Text>,
    }
}

table! {
    members (group_id, person_id) {
        group_id -> BigInt,
        person_id -> BigInt,
    }
}

table! {
    sessions (id) {
        id -> BigInt,
        person_id -> BigInt,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        address -> Text,
        agent -> Text,
    }
}

table! {
    invitations (id) {
        id -> BigInt,
        person_id -> BigInt,
        purpose -> Text,
        secret_hash -> Text,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

table! {
    tokens (id) {
        id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        secret_hash -> Text,
        scopes -> Text,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        seen_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

table! {
    spaces (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        name_he -> Nullable<Text>,
        description -> Text,
        description_he -> Nullable<Text>,
        policy -> Text,
        language -> Text,
        icon -> Text,
        position -> Integer,
        intel_inbox -> Bool,
        created_at -> Timestamp,
    }
}

table! {
    roles (id) {
        id -> BigInt,
        space_id -> BigInt,
        person_id -> Nullable<BigInt>,
        group_id -> Nullable<BigInt>,
        rank -> SmallInt,
    }
}

table! {
    kinds (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        name_he -> Text,
        icon -> Text,
        review_days -> Nullable<Integer>,
        template -> Text,
        template_he -> Text,
        fields -> Text,
        position -> Integer,
    }
}

table! {
    topics (id) {
        id -> BigInt,
        slug -> Text,
        kind -> Text,
        name -> Text,
        name_he -> Nullable<Text>,
        external_ids -> Text,
        created_at -> Timestamp,
        merged_into -> Nullable<BigInt>,
    }
}

table! {
    aliases (id) {
        id -> BigInt,
        words -> Text,
        changed_by -> Nullable<BigInt>,
        changed_at -> Timestamp,
    }
}

table! {
    searches (id) {
        id -> BigInt,
        person_id -> BigInt,
        at -> Timestamp,
        began_at -> Timestamp,
        last_at -> Timestamp,
        source -> Text,
        words -> Text,
        hits -> BigInt,
        took_us -> BigInt,
        opened_ms -> Nullable<BigInt>,
        opened_rank -> Nullable<BigInt>,
        opened_page_id -> Nullable<BigInt>,
        answer_ms -> Nullable<BigInt>,
    }
}

table! {
    search_months (id) {
        id -> BigInt,
        month -> Text,
        words -> Text,
        searches -> BigInt,
        without_result -> BigInt,
        without_click -> BigInt,
        answered -> BigInt,
    }
}

table! {
    gaps (id) {
        id -> BigInt,
        words -> Text,
        folded -> Text,
        state -> Text,
        page_id -> Nullable<BigInt>,
        alias_id -> Nullable<BigInt>,
        reason -> Text,
        decided_by -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

table! {
    gap_askers (id) {
        id -> BigInt,
        gap_id -> BigInt,
        person_id -> BigInt,
        note -> Text,
        at -> Timestamp,
    }
}

table! {
    topic_names (id) {
        id -> BigInt,
        topic_id -> BigInt,
        name -> Text,
        folded -> Text,
    }
}

table! {
    pages (id) {
        id -> BigInt,
        public_id -> Text,
        space_id -> BigInt,
        kind_id -> BigInt,
        slug -> Text,
        language -> Text,
        audience -> Text,
        owner_id -> Nullable<BigInt>,
        owner_group_id -> Nullable<BigInt>,
        successor_id -> Nullable<BigInt>,
        archived_at -> Nullable<Timestamp>,
        views_baseline -> BigInt,
        created_by -> BigInt,
        created_at -> Timestamp,
        client_id -> Nullable<Text>,
    }
}

table! {
    page_names (id) {
        id -> BigInt,
        page_id -> BigInt,
        kind -> Text,
        folded -> Text,
        at -> Timestamp,
    }
}

table! {
    redirects (id) {
        id -> BigInt,
        path -> Text,
        page_id -> BigInt,
        made_by -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

table! {
    page_steps (id) {
        id -> BigInt,
        page_id -> BigInt,
        kind -> Text,
        other_id -> Nullable<BigInt>,
        by_id -> BigInt,
        at -> Timestamp,
        data -> Text,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
    }
}

table! {
    bodies (hash) {
        hash -> Text,
        base_hash -> Nullable<Text>,
        height -> Integer,
        size -> BigInt,
        bytes -> Binary,
    }
}

table! {
    changes (id) {
        id -> BigInt,
        page_id -> BigInt,
        base_revision_id -> Nullable<BigInt>,
        author_id -> BigInt,
        state -> Text,
        created_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

table! {
    revisions (id) {
        id -> BigInt,
        page_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        change_id -> Nullable<BigInt>,
        title -> Text,
        key_message -> Text,
        body_hash -> Text,
        fields -> Text,
        author_id -> BigInt,
        at -> Timestamp,
        summary -> Text,
        minor -> Bool,
        digest -> Text,
        client_id -> Nullable<Text>,
    }
}

table! {
    revision_topics (revision_id, topic_id) {
        revision_id -> BigInt,
        topic_id -> BigInt,
    }
}

table! {
    links (id) {
        id -> BigInt,
        page_id -> BigInt,
        revision_id -> BigInt,
        embed -> Bool,
        target -> Text,
        folded -> Text,
        to_page_id -> Nullable<BigInt>,
    }
}

table! {
    drafts (id) {
        id -> BigInt,
        person_id -> BigInt,
        client_id -> Text,
        page_id -> Nullable<BigInt>,
        base_revision_id -> Nullable<BigInt>,
        change_id -> Nullable<BigInt>,
        version -> BigInt,
        tab -> Text,
        form -> Text,
        begun_at -> Timestamp,
        saved_at -> Timestamp,
        discarded_at -> Nullable<Timestamp>,
    }
}

table! {
    editing (id) {
        id -> BigInt,
        page_id -> BigInt,
        person_id -> BigInt,
        tab -> Text,
        seen_at -> Timestamp,
    }
}

table! {
    publications (id) {
        id -> BigInt,
        page_id -> BigInt,
        revision_id -> BigInt,
        number -> BigInt,
        from_at -> Timestamp,
        until_at -> Nullable<Timestamp>,
        published_by -> BigInt,
        published_at -> Timestamp,
        reason -> Text,
        material -> Bool,
        digest -> Text,
    }
}

table! {
    verifications (id) {
        id -> BigInt,
        page_id -> BigInt,
        revision_id -> BigInt,
        verified_by -> BigInt,
        at -> Timestamp,
        until -> Timestamp,
        note -> Text,
    }
}

table! {
    imports (page_id) {
        page_id -> BigInt,
        revision_id -> BigInt,
        source_key -> Text,
        path -> Text,
        front_matter -> Text,
        original -> Nullable<Text>,
        files -> Text,
    }
}

table! {
    intel (id) {
        id -> BigInt,
        client_id -> Nullable<Text>,
        reporter_id -> BigInt,
        space_id -> BigInt,
        state -> Text,
        subject -> Text,
        certainty -> Text,
        kind -> Nullable<Text>,
        what -> Text,
        channel -> Text,
        account -> Text,
        quote -> Text,
        urgent -> Bool,
        confidential -> Bool,
        page_id -> Nullable<BigInt>,
        revision_id -> Nullable<BigInt>,
        section -> Text,
        passage -> Text,
        assignee_id -> Nullable<BigInt>,
        at -> Timestamp,
        first_response_due -> Timestamp,
        resolution_due -> Timestamp,
        acknowledged_at -> Nullable<Timestamp>,
        acknowledged_by -> Nullable<BigInt>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<BigInt>,
        outcome -> Text,
        publication_id -> Nullable<BigInt>,
        merged_into -> Nullable<BigInt>,
        seen_at -> Nullable<Timestamp>,
    }
}

table! {
    intel_topics (intel_id, topic_id) {
        intel_id -> BigInt,
        topic_id -> BigInt,
    }
}

table! {
    intel_messages (id) {
        id -> BigInt,
        intel_id -> BigInt,
        author_id -> BigInt,
        kind -> Text,
        text -> Text,
        at -> Timestamp,
        client_id -> Nullable<Text>,
    }
}

table! {
    revision_intel (revision_id, intel_id) {
        revision_id -> BigInt,
        intel_id -> BigInt,
    }
}

table! {
    files (id) {
        id -> BigInt,
        public_id -> Text,
        space_id -> BigInt,
        page_id -> Nullable<BigInt>,
        intel_id -> Nullable<BigInt>,
        name -> Text,
        media_type -> Text,
        hash -> Text,
        size -> BigInt,
        uploaded_by -> BigInt,
        at -> Timestamp,
        client_id -> Nullable<Text>,
    }
}

table! {
    file_texts (file_id) {
        file_id -> BigInt,
        state -> Text,
        rules -> BigInt,
        tries -> BigInt,
        is_cut -> Bool,
        read_at -> Nullable<Timestamp>,
    }
}

table! {
    file_pages (file_id, part) {
        file_id -> BigInt,
        part -> BigInt,
        number -> Nullable<BigInt>,
        text -> Text,
    }
}

table! {
    revision_files (revision_id, file_id) {
        revision_id -> BigInt,
        file_id -> BigInt,
    }
}

table! {
    uses (id) {
        id -> BigInt,
        revision_id -> BigInt,
        person_id -> Nullable<BigInt>,
        kind -> Text,
        at -> Timestamp,
        account -> Nullable<Text>,
        outcome -> Nullable<Text>,
    }
}

table! {
    favourites (person_id, page_id) {
        person_id -> BigInt,
        page_id -> BigInt,
        at -> Timestamp,
    }
}

table! {
    visits (person_id, page_id) {
        person_id -> BigInt,
        page_id -> BigInt,
        number -> BigInt,
        earlier -> Nullable<BigInt>,
        first_at -> Timestamp,
        at -> Timestamp,
    }
}

table! {
    homes (person_id) {
        person_id -> BigInt,
        chosen -> Nullable<Text>,
        caught_up_at -> Nullable<Timestamp>,
    }
}

table! {
    watches (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        target_id -> BigInt,
        query -> Text,
        muted -> Bool,
        at -> Timestamp,
    }
}

table! {
    notices (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        reason -> Text,
        reason_id -> BigInt,
        reason_text -> Text,
        page_id -> Nullable<BigInt>,
        intel_id -> Nullable<BigInt>,
        change_id -> Nullable<BigInt>,
        actor_id -> Nullable<BigInt>,
        events -> BigInt,
        at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

table! {
    events (id) {
        id -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> BigInt,
        data -> Text,
    }
}

table! {
    cursors (follower) {
        follower -> Text,
        event_id -> BigInt,
        failures -> Integer,
        next_try_at -> Nullable<Timestamp>,
    }
}

table! {
    parked_events (follower, event_id) {
        follower -> Text,
        event_id -> BigInt,
        error -> Text,
        at -> Timestamp,
    }
}

joinable!(revisions -> pages (page_id));
joinable!(favourites -> pages (page_id));
joinable!(publications -> revisions (revision_id));
joinable!(publications -> pages (page_id));
joinable!(pages -> spaces (space_id));
joinable!(pages -> kinds (kind_id));
joinable!(revision_topics -> topics (topic_id));
joinable!(revision_topics -> revisions (revision_id));
joinable!(links -> revisions (revision_id));
joinable!(changes -> pages (page_id));
joinable!(editing -> people (person_id));
joinable!(redirects -> pages (page_id));
joinable!(page_steps -> people (by_id));
joinable!(members -> groups (group_id));
joinable!(members -> people (person_id));
joinable!(topic_names -> topics (topic_id));
joinable!(intel_topics -> topics (topic_id));
joinable!(intel_topics -> intel (intel_id));
joinable!(intel_messages -> people (author_id));
joinable!(intel_messages -> intel (intel_id));
joinable!(intel -> spaces (space_id));
joinable!(revision_intel -> intel (intel_id));
joinable!(revision_intel -> revisions (revision_id));
joinable!(file_texts -> files (file_id));
joinable!(revision_files -> files (file_id));
joinable!(revision_files -> revisions (revision_id));
joinable!(sessions -> people (person_id));
joinable!(tokens -> people (person_id));
joinable!(invitations -> people (person_id));
joinable!(roles -> spaces (space_id));
joinable!(verifications -> people (verified_by));

allow_tables_to_appear_in_same_query!(
    bodies,
    changes,
    cursors,
    drafts,
    editing,
    events,
    favourites,
    file_pages,
    file_texts,
    files,
    gap_askers,
    gaps,
    groups,
    homes,
    imports,
    intel,
    intel_messages,
    intel_topics,
    invitations,
    kinds,
    links,
    members,
    notices,
    page_names,
    page_steps,
    pages,
    parked_events,
    people,
    publications,
    redirects,
    revision_files,
    revision_intel,
    revision_topics,
    revisions,
    roles,
    search_months,
    searches,
    sessions,
    settings,
    spaces,
    tokens,
    topic_names,
    topics,
    uses,
    verifications,
    visits,
    watches,
);
