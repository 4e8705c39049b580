//! Curves, drawn as a picture that a browser shows.

use std::path::Path;

use anyhow::anyhow;
use plotters::prelude::*;

/// One curve: what grows along it, and its points.
pub type Curve = (&'static str, Vec<(f64, f64)>);

/// Draws curves over logarithmic axes into an SVG file.
///
/// # Errors
/// If the file cannot be written.
pub fn draw(path: &Path, title: &str, curves: &[Curve]) -> anyhow::Result<()> {
    let points = || curves.iter().flat_map(|(_, points)| points);
    let (mut most_x, mut most_y) = (10.0_f64, 10.0_f64);
    for (x, y) in points() {
        (most_x, most_y) = (most_x.max(*x), most_y.max(*y));
    }
    let area = SVGBackend::new(path, (800, 450)).into_drawing_area();
    let drawn = || -> Result<(), Box<dyn std::error::Error + '_>> {
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .caption(title, ("sans-serif", 18))
            .margin(16)
            .x_label_area_size(36)
            .y_label_area_size(56)
            .build_cartesian_2d(
                (10.0..most_x * 1.2).log_scale(),
                (1.0..most_y * 3.0).log_scale(),
            )?;
        chart.configure_mesh().y_desc("µs").draw()?;
        for (n, (what, points)) in curves.iter().enumerate() {
            let colour = Palette99::pick(n).to_rgba();
            let line =
                LineSeries::new(points.iter().copied(), colour.stroke_width(2)).point_size(3);
            chart
                .draw_series(line)?
                .label(*what)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour));
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .border_style(BLACK)
            .background_style(WHITE)
            .draw()?;
        area.present()?;
        Ok(())
    };
    drawn().map_err(|e| anyhow!("the picture cannot be drawn: {e}"))
}
