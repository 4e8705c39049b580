//! Stories of credentials, each over a storage that is opened again where it matters.

use plenary_shared::draft::{Paper, Party, Role};
use plenary_shared::entry::By;
use tokio::sync::broadcast::error::TryRecvError;

use super::*;
use crate::storage::Memory;

const NOON: Timestamp = Timestamp(1_770_000_000_000);
const GENEVA: DraftId = DraftId([1; 16]);
const NAIROBI: DraftId = DraftId([2; 16]);

fn later(ms: i64) -> Timestamp {
    Timestamp(NOON.0 + ms)
}

fn new_seat() -> NewSeat {
    NewSeat {
        delegation: "AVR".parse().unwrap(),
        role: Role::Delegate,
        drafts: vec![GENEVA],
        label: Some("Second Secretary".parse().unwrap()),
        expires_in: None,
    }
}

/// The same facts after a restart.
async fn restarted(identity: Identity, now: Timestamp) -> Identity {
    Identity::load(identity.storage, now).await.unwrap()
}

async fn identity() -> Identity {
    Identity::load(Arc::new(Memory::default()), NOON)
        .await
        .unwrap()
}

async fn seated(identity: &Identity) -> (SeatView, Token, Caller) {
    let (seat, token) = identity.invite(new_seat(), NOON).await.unwrap();
    let caller = identity.authenticate(token.reveal(), NOON).unwrap();
    (seat, token, caller)
}

async fn everything_kept(identity: &Identity) -> String {
    let mut all = String::new();
    for kind in [
        "secretariat",
        "seat",
        "seat-draft",
        "seat-revoked",
        "sign-in",
    ] {
        for (key, bytes) in identity.storage.records(kind).await.unwrap() {
            all += &format!("{kind}/{key} {}\n", String::from_utf8(bytes).unwrap());
        }
    }
    all
}

#[tokio::test]
async fn the_secretariats_token_is_made_at_the_first_start_only() {
    let identity = identity().await;
    let token = identity
        .first_start()
        .await
        .unwrap()
        .expect("it is the first start");
    assert_eq!(identity.first_start().await.unwrap(), None);
    let identity = restarted(identity, later(DAY)).await;
    assert_eq!(identity.first_start().await.unwrap(), None);
    let caller = identity
        .authenticate(token.reveal(), later(2000 * DAY))
        .unwrap();
    assert_eq!(caller, Caller::Secretariat);
    assert_eq!(caller.by(), By::Secretariat);
    assert!(caller.sits_in(NAIROBI));
    assert_eq!(caller.good_until(), None);
}

#[tokio::test]
async fn a_replaced_secretariat_token_is_good_no_more_nor_what_came_of_it() {
    let identity = identity().await;
    let old = identity.first_start().await.unwrap().unwrap();
    let (cookie, _) = identity.sign_in(&Caller::Secretariat, NOON).await.unwrap();
    let ticket = identity.ticket(&Caller::Secretariat, NOON).ticket;
    let new = identity.replace_secretariat_token().await.unwrap();
    assert_eq!(
        identity.redeem(&ticket, NOON),
        Err(NotAuthenticated::Ticket)
    );
    let identity = restarted(identity, NOON).await;
    assert_eq!(
        identity.authenticate(old.reveal(), NOON),
        Err(NotAuthenticated::Unknown)
    );
    assert_eq!(
        identity.signed_in(cookie.reveal(), NOON),
        Err(NotAuthenticated::SignedOut)
    );
    assert_eq!(
        identity.authenticate(new.reveal(), NOON),
        Ok(Caller::Secretariat)
    );
}

#[tokio::test]
async fn an_invitation_seats_a_person_of_a_delegation() {
    let identity = identity().await;
    let (seat, token, caller) = seated(&identity).await;
    assert_eq!(seat.seat.as_str().len(), 13);
    assert_eq!(seat.expires, later(30 * DAY));
    let by = By::Seat {
        delegation: "AVR".parse().unwrap(),
        seat: seat.seat.clone(),
        role: Role::Delegate,
    };
    assert_eq!(caller.by(), by);
    assert_eq!(caller.me().seat.as_ref(), Some(&seat));
    assert!(caller.sits_in(GENEVA));
    assert!(!caller.sits_in(NAIROBI));
    let identity = restarted(identity, NOON).await;
    assert_eq!(identity.authenticate(token.reveal(), NOON), Ok(caller));
    assert_eq!(identity.seats(), [seat]);
}

#[tokio::test]
async fn nothing_kept_lets_anybody_in() {
    let identity = identity().await;
    let secretariat = identity.first_start().await.unwrap().unwrap();
    let (_, token, caller) = seated(&identity).await;
    let (cookie, _) = identity.sign_in(&caller, NOON).await.unwrap();
    let kept = everything_kept(&identity).await;
    assert_eq!(kept.lines().count(), 3);
    for secret in [secretariat, token, cookie] {
        assert!(!kept.contains(&secret.reveal()["plenary_".len()..]));
        assert!(kept.contains(&hex::encode(secret.hash().0)));
    }
}

#[tokio::test]
async fn a_token_that_nobody_was_given_is_unknown() {
    let identity = identity().await;
    let (_, token, caller) = seated(&identity).await;
    let (cookie, _) = identity.sign_in(&caller, NOON).await.unwrap();
    let ticket = identity.ticket(&caller, NOON).ticket;
    for sent in [
        "",
        "plenary_",
        &token.reveal()[..50],
        Token::fresh().reveal(),
        cookie.reveal(),
        &ticket,
    ] {
        assert_eq!(
            identity.authenticate(sent, NOON),
            Err(NotAuthenticated::Unknown)
        );
    }
    assert_eq!(
        identity.signed_in(token.reveal(), NOON),
        Err(NotAuthenticated::SignedOut)
    );
    assert_eq!(
        identity.redeem(token.reveal(), NOON),
        Err(NotAuthenticated::Ticket)
    );
}

#[tokio::test]
async fn a_seat_expires_when_it_was_said_to() {
    let identity = identity().await;
    let (_, token) = identity
        .invite(
            NewSeat {
                expires_in: Some(60),
                ..new_seat()
            },
            NOON,
        )
        .await
        .unwrap();
    let caller = identity
        .authenticate(token.reveal(), later(60 * SECOND - 1))
        .unwrap();
    let (cookie, expires) = identity.sign_in(&caller, NOON).await.unwrap();
    assert_eq!(
        expires,
        later(60 * SECOND),
        "a sign-in does not outlive the seat"
    );
    let end = later(60 * SECOND);
    assert_eq!(caller.good_until(), Some(end));
    assert_eq!(
        identity.authenticate(token.reveal(), end),
        Err(NotAuthenticated::Expired)
    );
    assert_eq!(
        identity.current(&caller, end),
        Err(NotAuthenticated::Expired)
    );
    assert_eq!(
        identity.signed_in(cookie.reveal(), end),
        Err(NotAuthenticated::SignedOut)
    );
}

#[tokio::test]
async fn a_seat_is_good_for_two_years_at_most() {
    let identity = identity().await;
    let most = 731 * 24 * 3600;
    for seconds in [0, most + 1, u64::MAX] {
        let refused = identity
            .invite(
                NewSeat {
                    expires_in: Some(seconds),
                    ..new_seat()
                },
                NOON,
            )
            .await;
        assert_eq!(refused.unwrap_err(), IdentityError::Life);
    }
    let new = NewSeat {
        expires_in: Some(most),
        ..new_seat()
    };
    assert_eq!(
        identity.invite(new, NOON).await.unwrap().0.expires,
        later(731 * DAY)
    );
}

#[tokio::test]
async fn a_revoked_seat_loses_all_that_came_of_it_and_connections_are_told() {
    let identity = identity().await;
    let (seat, token, caller) = seated(&identity).await;
    let (_, other, _) = seated(&identity).await;
    let (cookie, _) = identity.sign_in(&caller, NOON).await.unwrap();
    let ticket = identity.ticket(&caller, NOON).ticket;
    let mut told = identity.revocations();

    identity.revoke(&seat.seat).await.unwrap();
    assert_eq!(told.try_recv(), Ok(seat.seat.clone()));
    assert_eq!(told.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(
        identity.redeem(&ticket, NOON),
        Err(NotAuthenticated::Ticket)
    );
    assert_eq!(
        identity.current(&caller, NOON),
        Err(NotAuthenticated::Revoked)
    );

    let identity = restarted(identity, NOON).await;
    assert_eq!(
        identity.authenticate(token.reveal(), NOON),
        Err(NotAuthenticated::Revoked)
    );
    assert_eq!(
        identity.signed_in(cookie.reveal(), NOON),
        Err(NotAuthenticated::SignedOut)
    );
    assert!(identity.authenticate(other.reveal(), NOON).is_ok());
    assert!(identity.seat(&seat.seat).unwrap().revoked);
    identity.revoke(&seat.seat).await.unwrap();
    let nobody: SeatId = "s000000000000".parse().unwrap();
    assert_eq!(
        identity.revoke(&nobody).await,
        Err(IdentityError::NoSuchSeat(nobody))
    );
}

#[tokio::test]
async fn a_seat_may_be_extended_to_more_drafts_and_stays_revoked_if_it_was() {
    let identity = identity().await;
    let (seat, token, caller) = seated(&identity).await;
    let extended = identity
        .add_drafts(&seat.seat, &[NAIROBI, GENEVA])
        .await
        .unwrap();
    assert_eq!(extended.drafts, [GENEVA, NAIROBI]);
    assert!(
        !caller.sits_in(NAIROBI),
        "who is connected has to look again"
    );
    assert!(identity.current(&caller, NOON).unwrap().sits_in(NAIROBI));
    let identity = restarted(identity, NOON).await;
    assert!(
        identity
            .authenticate(token.reveal(), NOON)
            .unwrap()
            .sits_in(NAIROBI)
    );

    identity.revoke(&seat.seat).await.unwrap();
    identity
        .add_drafts(&seat.seat, &[DraftId([3; 16])])
        .await
        .unwrap();
    let identity = restarted(identity, NOON).await;
    assert_eq!(
        identity.authenticate(token.reveal(), NOON),
        Err(NotAuthenticated::Revoked)
    );

    let many: Vec<_> = (0..=1000u16)
        .map(|n| DraftId([n.to_be_bytes(); 8].concat().try_into().unwrap()))
        .collect();
    let refused = identity.add_drafts(&seat.seat, &many).await;
    assert_eq!(refused.unwrap_err(), IdentityError::TooManyDrafts);
    let refused = identity
        .invite(
            NewSeat {
                drafts: many,
                ..new_seat()
            },
            NOON,
        )
        .await;
    assert_eq!(refused.unwrap_err(), IdentityError::TooManyDrafts);
}

#[tokio::test]
async fn a_sign_in_lasts_twelve_hours_or_until_it_is_ended() {
    let identity = identity().await;
    let (_, _, caller) = seated(&identity).await;
    let (cookie, expires) = identity.sign_in(&caller, NOON).await.unwrap();
    let (other, _) = identity.sign_in(&caller, NOON).await.unwrap();
    assert_eq!(expires, later(12 * HOUR));
    let identity = restarted(identity, later(11 * HOUR)).await;
    assert_eq!(
        identity.signed_in(cookie.reveal(), later(12 * HOUR - 1)),
        Ok(caller.clone())
    );
    let over = identity.signed_in(cookie.reveal(), later(12 * HOUR));
    assert_eq!(over, Err(NotAuthenticated::SignedOut));

    identity.sign_out(other.reveal()).await.unwrap();
    identity.sign_out("never signed in").await.unwrap();
    assert_eq!(
        identity.signed_in(other.reveal(), NOON),
        Err(NotAuthenticated::SignedOut)
    );
    let identity = restarted(identity, later(11 * HOUR)).await;
    assert_eq!(
        identity.signed_in(other.reveal(), NOON),
        Err(NotAuthenticated::SignedOut)
    );
    assert!(everything_kept(&identity).await.contains("sign-in/"));
    let identity = restarted(identity, later(12 * HOUR)).await;
    assert!(
        !everything_kept(&identity).await.contains("sign-in/"),
        "ended ones are forgotten"
    );
}

#[tokio::test]
async fn a_further_sign_in_than_allowed_ends_the_oldest() {
    let identity = identity().await;
    let (_, _, caller) = seated(&identity).await;
    let mut cookies = Vec::new();
    for _ in 0..=SIGN_INS {
        cookies.push(identity.sign_in(&caller, NOON).await.unwrap().0);
    }
    let identity = restarted(identity, NOON).await;
    let good = |c: &Token| identity.signed_in(c.reveal(), NOON).is_ok();
    assert!(!good(&cookies[0]));
    assert!(cookies[1..].iter().all(good));
}

#[tokio::test]
async fn a_ticket_is_good_once_and_for_thirty_seconds() {
    let identity = identity().await;
    let (_, _, caller) = seated(&identity).await;
    let first = identity.ticket(&caller, NOON);
    assert_eq!(first.expires, later(30 * SECOND));
    assert_eq!(
        identity.redeem(&first.ticket, later(30 * SECOND - 1)),
        Ok(caller.clone())
    );
    assert_eq!(
        identity.redeem(&first.ticket, NOON),
        Err(NotAuthenticated::Ticket)
    );
    let second = identity.ticket(&caller, NOON);
    let late = identity.redeem(&second.ticket, later(30 * SECOND));
    assert_eq!(late, Err(NotAuthenticated::Ticket));
    assert_eq!(
        identity.redeem(&second.ticket, NOON),
        Err(NotAuthenticated::Ticket)
    );
}

#[tokio::test]
async fn unused_tickets_of_a_seat_are_bounded_and_others_are_not_touched() {
    let identity = identity().await;
    let (_, _, caller) = seated(&identity).await;
    let (_, _, other) = seated(&identity).await;
    let others = identity.ticket(&other, NOON).ticket;
    let tickets: Vec<_> = (0..=TICKETS)
        .map(|_| identity.ticket(&caller, NOON).ticket)
        .collect();
    assert_eq!(
        identity.redeem(&tickets[0], NOON),
        Err(NotAuthenticated::Ticket)
    );
    for ticket in &tickets[1..] {
        assert_eq!(identity.redeem(ticket, NOON), Ok(caller.clone()));
    }
    assert_eq!(identity.redeem(&others, NOON), Ok(other));
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_named_and_not_skipped() {
    let record = |key: &'static str, bytes: &'static str| async move {
        let storage = Arc::new(Memory::default());
        storage
            .put_record("seat", key, Some(bytes.into()))
            .await
            .unwrap();
        let loaded = Identity::load(storage, NOON).await;
        loaded.err().expect("it should not load").to_string()
    };
    let damaged = record("s1", "{").await;
    assert!(damaged.starts_with("the kept record seat/s1 cannot be read (it is damaged, "));
    assert!(damaged.ends_with(": restore the data directory from a backup)"));
    let newer = record("s1", r#"{"format":2}"#).await;
    assert!(newer.ends_with("(it has format 2: install a newer Plenary)"));
}

#[tokio::test]
async fn each_reason_has_a_code_and_says_what_to_do() {
    use NotAuthenticated::{Expired, Revoked, SignedOut, Ticket, Unknown};
    let all = [Unknown, Expired, Revoked, SignedOut, Ticket];
    let codes: std::collections::BTreeSet<_> = all.iter().map(|n| n.code()).collect();
    assert_eq!(codes.len(), all.len());
    assert!(all.iter().all(|n| n.to_string().contains(": ")));
}

#[tokio::test]
async fn a_working_paper_is_there_for_its_members_only_also_after_a_restart() {
    let identity = identity().await;
    let (seat, _, caller) = seated(&identity).await;
    let before = identity.admitted(&Caller::Secretariat, NAIROBI);
    assert_eq!(before, Some(Caller::Secretariat));
    let paper = Paper {
        of: Party::Delegation("AVR".parse().unwrap()),
        parent: GENEVA,
        members: [("AVR".parse().unwrap(), "Averland".parse().unwrap())].into(),
    };
    let kept = identity.keep_paper(NAIROBI, paper.clone(), 1).await;
    kept.unwrap();
    let another = identity
        .keep_paper(DraftId([3; 16]), paper.clone(), 1)
        .await;
    assert_eq!(another, Err(IdentityError::TooManyPapers(1)));
    let identity = restarted(identity, NOON).await;
    assert_eq!(identity.admitted(&Caller::Secretariat, NAIROBI), None);
    // The same seat, that of whoever is connected already, and in the paper it holds the pen.
    let admitted = identity.admitted(&caller, NAIROBI).unwrap();
    let holds = admitted.seat().unwrap();
    assert_eq!((holds.role, &holds.seat), (Role::PenHolder, &seat.seat));
    assert_eq!(identity.admitted(&caller, GENEVA), Some(caller));
    for (code, role) in [
        ("AVR", Role::Facilitator),
        ("AVR", Role::Observer),
        ("MRD", Role::Delegate),
    ] {
        let new = NewSeat {
            delegation: code.parse().unwrap(),
            role,
            ..new_seat()
        };
        let (_, token) = identity.invite(new, NOON).await.unwrap();
        let other = identity.authenticate(token.reveal(), NOON).unwrap();
        assert_eq!(identity.admitted(&other, NAIROBI), None, "{code} {role}");
    }
    identity.forget_paper(NAIROBI).await.unwrap();
    let identity = restarted(identity, NOON).await;
    assert!(identity.admitted(&Caller::Secretariat, NAIROBI).is_some());
}
