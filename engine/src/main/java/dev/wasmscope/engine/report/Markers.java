package dev.wasmscope.engine.report;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/// Nine shapes of about the same weight, around the origin.
final class Markers {
    private Markers() {}

    /// @param radius of the circle; the others look as large
    static Shape shape(int index, double radius) {
        double r = radius;
        return switch (Math.floorMod(index, 9)) {
            case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case 1 -> new Rectangle2D.Double(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8);
            case 2 -> polygon(3, r * 1.3, -90);
            case 3 -> polygon(4, r * 1.25, -90);
            case 4 -> polygon(3, r * 1.3, 90);
            case 5 -> cross(r, 0);
            case 6 -> polygon(6, r * 1.1, -90);
            case 7 -> cross(r, 45);
            default -> new Rectangle2D.Double(-r * 1.3, -r * 0.5, r * 2.6, r);
        };
    }

    private static Shape polygon(int corners, double radius, double firstDegrees) {
        var path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = Math.toRadians(firstDegrees + i * 360.0 / corners);
            double x = radius * Math.cos(angle);
            double y = radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        return path;
    }

    private static Shape cross(double r, double degrees) {
        double arm = r * 0.42;
        double length = r * 1.25;
        var cross = new Area(new Rectangle2D.Double(-arm, -length, 2 * arm, 2 * length));
        cross.add(new Area(new Rectangle2D.Double(-length, -arm, 2 * length, 2 * arm)));
        return AffineTransform.getRotateInstance(Math.toRadians(degrees)).createTransformedShape(cross);
    }
}
