//! Pictures for the articles: drawn from a few numbers, so that nothing has to be brought along.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use crate::problem::ApiError;

const WIDTH: u32 = 960;
const HEIGHT: u32 = 540;

type Colour = [u8; 3];

/// A ground that goes from one colour to another, and discs on it that shine through.
#[derive(Debug)]
pub struct Drawing {
    pub above: Colour,
    pub below: Colour,
    pub discs: &'static [Disc],
}

/// Places and sizes in thousandths of the width.
#[derive(Debug)]
pub struct Disc {
    pub x: u32,
    pub y: u32,
    pub radius: u32,
    pub colour: Colour,
    /// Of a hundred.
    pub cover: u32,
}

impl Drawing {
    /// The drawing as a PNG.
    pub fn png(&self) -> Result<Vec<u8>, ApiError> {
        let mut drawn = RgbImage::from_fn(WIDTH, HEIGHT, |_, y| {
            Rgb(mixed(self.above, self.below, y * 100 / HEIGHT))
        });
        for disc in self.discs {
            disc.draw(&mut drawn);
        }
        let mut png = Cursor::new(Vec::new());
        drawn
            .write_to(&mut png, ImageFormat::Png)
            .map_err(ApiError::ours)?;
        Ok(png.into_inner())
    }
}

impl Disc {
    fn draw(&self, on: &mut RgbImage) {
        let scaled = |part: u32| i64::from(part * WIDTH / 1000);
        let (x, y, radius) = (scaled(self.x), scaled(self.y), scaled(self.radius));
        for (at_x, at_y, pixel) in on.enumerate_pixels_mut() {
            let (from_x, from_y) = (i64::from(at_x) - x, i64::from(at_y) - y);
            if from_x * from_x + from_y * from_y <= radius * radius {
                pixel.0 = mixed(pixel.0, self.colour, self.cover);
            }
        }
    }
}

/// So many hundredths of the second colour, the rest of the first.
fn mixed(one: Colour, other: Colour, part: u32) -> Colour {
    let mix = |one: u8, other: u8| {
        let sum = u32::from(one) * (100 - part) + u32::from(other) * part;
        u8::try_from(sum / 100).unwrap_or(u8::MAX)
    };
    [
        mix(one[0], other[0]),
        mix(one[1], other[1]),
        mix(one[2], other[2]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_lies_on_its_ground() {
        let drawing = Drawing {
            above: [0, 0, 0],
            below: [0, 0, 0],
            discs: &[Disc {
                x: 500,
                y: 250,
                radius: 100,
                colour: [200, 100, 50],
                cover: 50,
            }],
        };
        let drawn = image::load_from_memory(&drawing.png().unwrap()).unwrap();
        let drawn = drawn.to_rgb8();
        assert_eq!(drawn.get_pixel(480, 240).0, [100, 50, 25]);
        assert_eq!(drawn.get_pixel(10, 10).0, [0, 0, 0]);
    }
}
