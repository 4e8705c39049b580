//! How a draft has come along: its log folded once more, with what counted at each moment.

use plenary_shared::aids::{Course, Per, Progress};
use plenary_shared::ids::Seq;

use super::{Room, RoomError};

impl Room {
    /// Progress up to the present. Reads the log a page at a time, and folds it where nothing else waits for it.
    pub(crate) async fn progress(&self, per: Per) -> Result<Progress, RoomError> {
        let (last, text) = self
            .read(|live| (live.draft.seq, live.text.clone()))
            .await?;
        let mut course = Course::new(self.id, per);
        let mut after = Seq(0);
        while after < last {
            let page = self.page(after, last).await?;
            let Some((read, _)) = page.last() else { break };
            after = *read;
            let folded = tokio::task::spawn_blocking(move || {
                for (_, bytes) in page {
                    course.take(&bytes)?;
                }
                Ok::<_, RoomError>(course)
            });
            course = folded.await.map_err(|_| RoomError::Gone)??;
        }
        let measured = tokio::task::spawn_blocking(move || course.measured(&text));
        Ok(measured.await.map_err(|_| RoomError::Gone)??)
    }
}
