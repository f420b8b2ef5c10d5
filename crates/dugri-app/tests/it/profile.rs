//! What people say of themselves: phone, expertise, home team, photo.

use dugri_app::profile::{self, Photo, ProfileInput};
use dugri_app::{Actor, By, Error, groups};
use dugri_core::Role;
use dugri_store::on_both;

use crate::site::Site;

const PHOTO: &[u8] = include_bytes!("../../../../assets/demo/files/vectra-booth-haifa.jpg");

fn codes(outcome: Result<(), Error>) -> Vec<&'static str> {
    match outcome {
        Err(Error::Invalid(wrong)) => wrong.iter().map(|field| field.code).collect(),
        other => panic!("{other:?}"),
    }
}

fn set(site: &Site, actor: &Actor, input: ProfileInput) -> Result<(), Error> {
    profile::set(&site.app, actor, input)
}

on_both! {
    fn a_profile_is_what_its_person_says(store) {
        let site = Site::new(&store);
        let rep = site.with(Role::Reader);
        let said = ProfileInput {
            phone: Some(" +972-4-555-0134 ".into()),
            expertise: Some("Cranes in ports".into()),
            ..ProfileInput::default()
        };
        set(&site, &rep, said.clone()).expect("said");
        let before = store.read(dugri_store::events::last).expect("read");
        set(&site, &rep, said).expect("said again");
        assert_eq!(store.read(dugri_store::events::last).expect("read"), before, "nothing changed, nothing is recorded");

        set(&site, &rep, ProfileInput { phone: Some(String::new()), ..ProfileInput::default() }).expect("taken away");
        let read = profile::read(&site.app, &rep, rep.person()).expect("a profile");
        assert_eq!((read.person.phone, read.person.expertise.as_deref()), (None, Some("Cranes in ports")));

        for phone in ["12", "call me", "04-555 א", "+972 <script>"] {
            let input = ProfileInput { phone: Some(phone.into()), ..ProfileInput::default() };
            assert_eq!(codes(set(&site, &rep, input)), ["error-phone"], "{phone}");
        }
        let long = ProfileInput { expertise: Some("x".repeat(301)), ..ProfileInput::default() };
        assert_eq!(codes(set(&site, &rep, long)), ["error-too-long"]);
    }

    fn a_photo_is_seen_by_its_hash_until_it_is_replaced(store) {
        let site = Site::new(&store);
        let rep = site.with(Role::Reader);
        let with = |photo: Photo| ProfileInput { photo, ..ProfileInput::default() };
        set(&site, &rep, with(Photo::Is(PHOTO.to_vec()))).expect("a photo");
        let hash = || profile::read(&site.app, &rep, rep.person()).expect("a profile").person.photo;
        let first = hash().expect("a photo");
        let bytes = profile::photo(&site.app, rep.person(), &first).expect("its bytes");
        assert!(bytes.starts_with(b"\xff\xd8") && bytes.len() < 40_000, "{} bytes", bytes.len());

        assert_eq!(codes(set(&site, &rep, with(Photo::Is(b"<svg/>".to_vec())))), ["error-photo"]);
        assert_eq!(hash().as_ref(), Some(&first), "what is no photo changes nothing");
        let other = site.with(Role::Editor).person();
        assert!(matches!(profile::photo(&site.app, other, &first), Err(Error::NotFound)), "not theirs");
        set(&site, &rep, with(Photo::Gone)).expect("gone");
        assert!(matches!(profile::photo(&site.app, rep.person(), &first), Err(Error::NotFound)));
    }

    fn the_home_team_is_one_of_the_own_groups(store) {
        let site = Site::new(&store);
        let rep = site.with(Role::Reader);
        for slug in ["north", "south", "east"] {
            let input = groups::GroupInput { slug: slug.into(), name: slug.into(), kind: "team".into(), ..groups::GroupInput::default() };
            let group = groups::add(&site.app, By::Operator, &input).expect("a group");
            if slug != "east" {
                groups::join(&site.app, By::Operator, group, rep.person()).expect("joined");
            }
        }
        let home = || profile::read(&site.app, &rep, rep.person()).expect("a profile").home().map(|group| group.slug.clone());
        assert_eq!(home().as_deref(), Some("north"), "the first group");
        let chosen = |slug: &str| ProfileInput { home: Some(slug.into()), ..ProfileInput::default() };
        set(&site, &rep, chosen("south")).expect("chosen");
        assert_eq!(home().as_deref(), Some("south"));
        assert_eq!(codes(set(&site, &rep, chosen("east"))), ["error-unknown"]);
    }
}
