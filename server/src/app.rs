//! What every request can reach: the rooms, who is who, and whether the server is stopping.

use std::sync::Arc;

use plenary_shared::proof::Signer;
use plenary_shared::wire::view::{Invitation, NewSeat};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::{BaseUrl, Config};
use crate::identity::{Caller, Identity, IdentityError, NotAuthenticated};
use crate::limits;
use crate::notary::{self, Notary};
use crate::rooms::Rooms;
use crate::shares::Shares;
use crate::storage::Storage;
use crate::streams::Streams;

/// The server's parts; a clone is another handle on the same ones.
#[derive(Clone)]
pub struct App {
    /// The drafts that are live.
    pub rooms: Arc<Rooms>,
    /// Who is who.
    pub identity: Arc<Identity>,
    /// Where the record is kept.
    pub storage: Arc<dyn Storage>,
    /// Who signs what the record is.
    pub notary: Arc<Notary>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The settings.
    pub config: Arc<Config>,
    /// The address that people reach the server by.
    pub base_url: BaseUrl,
    /// The live connections of each seat.
    pub streams: Arc<Streams>,
    /// What each seat has used.
    pub shares: Arc<Shares>,
    stopping: watch::Sender<bool>,
    /// Whether nothing is taken in: an archive is shown.
    pub only_read: bool,
}

impl App {
    /// Puts the parts together. Nothing is served yet.
    ///
    /// # Errors
    /// If the storage cannot say who is who.
    pub async fn open(
        config: Config,
        base_url: BaseUrl,
        storage: Arc<dyn Storage>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, IdentityError> {
        let identity = Identity::load(storage.clone(), clock.now()).await?;
        // Until it is given one that stays: see `signing`.
        let signer = notary::fresh(&base_url.name());
        Ok(Self {
            notary: Arc::new(Notary::new(storage.clone(), signer)),
            rooms: Rooms::new(storage.clone(), clock.clone(), config.snapshot_every),
            identity: Arc::new(identity),
            storage,
            clock,
            base_url,
            streams: Streams::at_most(config.max_streams_per_seat),
            shares: Shares::of(config.seat_share),
            config: Arc::new(config),
            stopping: watch::Sender::new(false),
            only_read: false,
        })
    }

    /// The same, signing with that key.
    #[must_use]
    pub fn signing(mut self, signer: Signer) -> Self {
        self.notary = Arc::new(Notary::new(self.storage.clone(), signer));
        self
    }

    /// The same, taking nothing in.
    #[must_use]
    pub fn reading_only(mut self) -> Self {
        self.only_read = true;
        self
    }

    /// Gives out a seat, with the link to hand over.
    ///
    /// # Errors
    /// If it asks for too much, or the storage cannot keep it.
    pub async fn invite(&self, seat: NewSeat) -> Result<Invitation, IdentityError> {
        let (seat, token) = self.identity.invite(seat, self.clock.now()).await?;
        let token = token.reveal().to_owned();
        let link = self.link(&token);
        Ok(Invitation { seat, token, link })
    }

    /// The link that takes a person with this token in. The token stands after `#`, which browsers never send.
    pub fn link(&self, token: &str) -> String {
        format!("{}/#token={token}", self.base_url)
    }

    /// Ends when the caller may sit there no longer: his seat was taken back, or its time is over. Every live connection
    /// waits for this too.
    pub async fn unseated(&self, caller: &Caller) -> NotAuthenticated {
        let mut revocations = self.identity.revocations();
        loop {
            if let Err(why) = self.identity.current(caller, self.clock.now()) {
                return why;
            }
            // Whatever wakes this, even having missed some: the answer is to look again.
            let _ = tokio::time::timeout(limits::EXPIRY_LOOK, revocations.recv()).await;
        }
    }

    /// Tells everything live that the server is stopping.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the server is stopping.
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Ends when the server is stopping. Whatever would otherwise go on for ever waits for this too.
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender is this very handle's: it cannot have gone.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }
}
