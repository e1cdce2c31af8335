//! ICC profiles: from whatever the pixels are in to sRGB.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout as Channels, ProfileText, Transform8BitExecutor, TransformOptions,
    Xyzd,
};

use crate::flatten::Layout;

/// Largest difference of a primary (D50 XYZ) at which a profile that calls itself sRGB is taken at its word.
/// Writers round the same nine numbers differently by up to 0.002; Display P3 differs by 0.08.
const SAME_PRIMARY: f64 = 0.003;

/// A profile that was read, and the way from its colors to sRGB.
pub(crate) struct Profile {
    /// What the profile calls itself; empty when it does not.
    pub(crate) description: String,
    profile: ColorProfile,
}

/// How to bring one layout of pixels to sRGB.
#[derive(Clone)]
pub(crate) struct Conversion {
    pub(crate) transform: Arc<Transform8BitExecutor>,
    /// The profile is for RGB and the pixels are gray: repeat the gray three times first.
    pub(crate) expand_gray: bool,
}

/// Reads a profile.
///
/// # Errors
/// What is wrong with it, in English.
pub(crate) fn read(icc: &[u8]) -> Result<Profile, String> {
    let parsed =
        catch_unwind(|| ColorProfile::new_from_slice(icc)).map_err(|_| "it is malformed".to_owned())?;
    let profile = parsed.map_err(|error| error.to_string())?;
    let description = profile.description.as_ref().map(description).unwrap_or_default();
    Ok(Profile { description, profile })
}

impl Profile {
    /// The conversion for pixels of this layout; `None` when they are sRGB already.
    ///
    /// # Errors
    /// Why the profile does not serve, in English.
    pub(crate) fn conversion(&self, layout: Layout) -> Result<Option<Conversion>, String> {
        let space = self.profile.color_space;
        let (from, to) = match (space, layout) {
            (DataColorSpace::Rgb, _) if layout != Layout::Cmyk && self.is_srgb() => return Ok(None),
            (DataColorSpace::Rgb, Layout::Rgb | Layout::Gray) => (Channels::Rgb, Channels::Rgb),
            (DataColorSpace::Rgb, Layout::Rgba | Layout::GrayAlpha) => (Channels::Rgba, Channels::Rgba),
            (DataColorSpace::Gray, Layout::Gray) => (Channels::Gray, Channels::Rgb),
            (DataColorSpace::Gray, Layout::GrayAlpha) => (Channels::GrayAlpha, Channels::Rgba),
            // moxcms names four ink channels by the layout of four channels.
            (DataColorSpace::Cmyk, Layout::Cmyk) => (Channels::Rgba, Channels::Rgb),
            _ => return Err(format!("it is made for {space:?}, the pixels are {layout:?}")),
        };
        let srgb = ColorProfile::new_srgb();
        let create = || self.profile.create_transform_8bit(from, &srgb, to, TransformOptions::default());
        let transform = catch_unwind(AssertUnwindSafe(create))
            .map_err(|_| "it is malformed".to_owned())?
            .map_err(|error| error.to_string())?;
        let gray = matches!(layout, Layout::Gray | Layout::GrayAlpha);
        Ok(Some(Conversion { transform, expand_gray: gray && space == DataColorSpace::Rgb }))
    }

    fn is_srgb(&self) -> bool {
        let srgb = ColorProfile::new_srgb();
        let near = |a: Xyzd, b: Xyzd| {
            [a.x - b.x, a.y - b.y, a.z - b.z].into_iter().all(|it| it.abs() <= SAME_PRIMARY)
        };
        self.description.to_ascii_lowercase().contains("srgb")
            && near(self.profile.red_colorant, srgb.red_colorant)
            && near(self.profile.green_colorant, srgb.green_colorant)
            && near(self.profile.blue_colorant, srgb.blue_colorant)
    }
}

/// The profile's name: the English one where there are several languages, without stray zeros.
fn description(text: &ProfileText) -> String {
    let name = match text {
        ProfileText::PlainString(name) => name.as_str(),
        ProfileText::Description(name) => name.ascii_string.as_str(),
        ProfileText::Localizable(names) => {
            let english = names.iter().find(|it| it.language.eq_ignore_ascii_case("en"));
            english.or(names.first()).map_or("", |it| it.value.as_str())
        }
    };
    name.chars().filter(|it| !it.is_control()).take(200).collect::<String>().trim().to_owned()
}
